import { asApplication, asPartner } from './clients';
import { MicrosoftGraphApi, MicrosoftPartnerCenter } from './own';

export async function nightly(customer: string, product: string) {
  const partner = asPartner(process.env.REFRESH_TOKEN!);
  // pcmfa: call verdict=capable from=refresh-token
  const users = await partner.getAllCustomerUsers(customer);
  // pcmfa: call verdict=capable from=refresh-token
  await partner.createOrderByProductId(customer, product, users.length, 'monthly');
  // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
  return asApplication().getInvoicePDF('D0100000');
}

/** Classes of one's own with the same names. */
export async function mirror() {
  // pcmfa: decoy
  await new MicrosoftPartnerCenter('/var/lib/mirror').getAllCustomers();
  // pcmfa: decoy
  await new MicrosoftGraphApi().getInvoices();
}

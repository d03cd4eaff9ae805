import PartnerCenter, { MicrosoftPartnerCenter } from 'microsoft-partnercenter';

const partnerDomain = 'contoso.example';
const keys = { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET! };

// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
const application = new MicrosoftPartnerCenter({ partnerDomain, authentication: keys });

const user = new MicrosoftPartnerCenter({ // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  partnerDomain,
  authentication: { ...keys, refreshToken: process.env.REFRESH_TOKEN },
});

export async function report() {
  // pcmfa: call verdict=exempt from=client-credentials
  const invoices = await application.getInvoices();
  // pcmfa: call verdict=capable from=refresh-token
  const customers = await user.getAllCustomers();
  return { invoices, customers };
}

class Store {
  getAllCustomers() {
    return [PartnerCenter.name];
  }
}
// pcmfa: decoy
new Store().getAllCustomers();

import { Grants, PARTNER_SCOPE } from './grants';

const PARTNER = 'https://api.partnercenter.microsoft.com';
const grants = new Grants();

export async function sync(customer: string) {
  const password = await grants.password(PARTNER_SCOPE);
  // pcmfa: call verdict=blocked from=ropc
  const customers = await fetch(`${PARTNER}/v1/customers`, { headers: { Authorization: `Bearer ${password}` } });

  const refreshed = await grants.refresh(PARTNER_SCOPE);
  // pcmfa: call verdict=capable from=refresh-token
  const subscriptions = await fetch(`${PARTNER}/v1/customers/${customer}/subscriptions`, { headers: { Authorization: `Bearer ${refreshed}` } });

  const application = await grants.application(PARTNER_SCOPE);
  // pcmfa: call verdict=exempt from=client-credentials
  const invoices = await fetch(`${PARTNER}/v1/invoices`, { headers: { Authorization: `Bearer ${application}` } });

  // pcmfa: decoy
  const weather = await fetch('https://weather.example/v1/customers');
  return [customers, subscriptions, invoices, weather];
}

import { SecretClient } from '@azure/keyvault-secrets';
import { authority, exchange } from './token';

const partner = 'https://api.partnercenter.microsoft.com';

export async function customers(vault: SecretClient, tenant: string) {
  const kept = await vault.getSecret(`refresh-${tenant}`);
  const answer = await exchange(authority(tenant), {
    grant_type: 'refresh_token', // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
    refresh_token: kept.value,
    client_id: process.env.CLIENT_ID,
    client_secret: process.env.CLIENT_SECRET,
    resource: partner,
  });
  // pcmfa: call verdict=capable from=refresh-token
  return fetch(`${partner}/v1/customers`, { headers: { Authorization: `Bearer ${answer.access_token}` } });
}

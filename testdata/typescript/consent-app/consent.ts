import { SecretClient } from '@azure/keyvault-secrets';
import { authority, exchange } from './token';

/** An administrator comes back from the consent page. */
export async function consented(vault: SecretClient, tenant: string, code: string) {
  const answer = await exchange(authority(tenant), {
    grant_type: 'authorization_code', // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    code,
    client_id: process.env.CLIENT_ID,
    client_secret: process.env.CLIENT_SECRET,
  });
  await vault.setSecret(`refresh-${tenant}`, answer.refresh_token);
}

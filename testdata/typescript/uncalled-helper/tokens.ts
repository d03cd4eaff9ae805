import { ConfidentialClientApplication } from '@azure/msal-node';

const app = new ConfidentialClientApplication({
  auth: { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET! },
});

/** Left over from the first version. */
export async function applicationToken(scopes: string[]) {
  // pcmfa: decoy
  const result = await app.acquireTokenByClientCredential({ scopes });
  return result!.accessToken;
}

export async function partnerToken(refreshToken: string, scopes: string[]) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const result = await app.acquireTokenByRefreshToken({ refreshToken, scopes });
  return result!.accessToken;
}

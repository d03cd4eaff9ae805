import { ConfidentialClientApplication } from '@azure/msal-node';

const app = new ConfidentialClientApplication({
  auth: { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET! },
});

export async function partnerToken(): Promise<string> {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://api.partner.microsoft.com/.default'] });
  return result!.accessToken;
}

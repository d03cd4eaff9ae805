import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

export async function customers(app: ConfidentialClientApplication) {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://graph.windows.net/.default'] });
  // pcmfa: call verdict=exempt from=client-credentials
  return axios.get('https://api.partnercenter.microsoft.com/v1/customers', {
    headers: { Authorization: `Bearer ${result!.accessToken}` },
  });
}

export async function users(app: ConfidentialClientApplication) {
  // pcmfa: decoy
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://graph.windows.net/.default'] });
  // pcmfa: decoy
  return axios.get('https://graph.windows.net/contoso.example/users', {
    headers: { Authorization: `Bearer ${result!.accessToken}` },
  });
}

import { PublicClientApplication } from '@azure/msal-node';

const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });

export async function getToken(username: string, password: string): Promise<string> {
  // pcmfa: decoy
  const result = await app.acquireTokenByUsernamePassword({ scopes: ['https://outlook.office365.com/.default'], username, password });
  return result!.accessToken;
}

export async function customers(username: string, password: string): Promise<Response> {
  const token = await getToken(username, password);
  // pcmfa: decoy
  return fetch('https://outlook.office365.com/api/v2.0/me/contacts', { headers: { Authorization: `Bearer ${token}` } });
}

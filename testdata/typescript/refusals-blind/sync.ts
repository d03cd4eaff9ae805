import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

const clientSecret = 'q7-Tulip-Harbour-19';
const scopes = ['https://api.partnercenter.microsoft.com/user_impersonation'];

async function signIn(refreshToken: string, username: string, password: string): Promise<string> {
  const app = new ConfidentialClientApplication({
    auth: { clientId: '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10', clientSecret },
  });
  try {
    const result = await app.acquireTokenByRefreshToken({ refreshToken, scopes });
    return result!.accessToken;
  } catch (error) {
    const result = await app.acquireTokenByUsernamePassword({ scopes, username, password });
    return result!.accessToken;
  }
}

export async function invoices(refreshToken: string, username: string, password: string) {
  let attempt = 0;
  while (attempt < 5) {
    const token = await signIn(refreshToken, username, password);
    const response = await axios.get('https://api.partnercenter.microsoft.com/v1/invoices', {
      headers: { Authorization: `Bearer ${token}` },
      validateStatus: () => true,
    });
    if (response.status !== 401) {
      return response.data;
    }
    attempt += 1;
  }
  throw new Error('no invoices');
}

export async function users(customer: string) {
  const app = new ConfidentialClientApplication({
    auth: { clientId: '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10', clientSecret: process.env.PC_CLIENT_SECRET },
  });
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://api.partnercenter.microsoft.com/.default'] });
  const headers = { Authorization: `Bearer ${result!.accessToken}` };
  await axios.get('https://api.partnercenter.microsoft.com/v1/customers', { headers });
  return axios.get(`https://api.partnercenter.microsoft.com/v1/customers/${customer}/users`, { headers });
}

export async function audit() {
  const headers = { Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.' };
  return axios.get('https://api.partnercenter.microsoft.com/v1/auditrecords', { headers });
}

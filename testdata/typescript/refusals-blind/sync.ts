import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

// pcmfa: finding hard-coded-secret
const clientSecret = 'q7-Tulip-Harbour-19';
const scopes = ['https://api.partnercenter.microsoft.com/user_impersonation'];

async function signIn(refreshToken: string, username: string, password: string): Promise<string> {
  const app = new ConfidentialClientApplication({
    auth: { clientId: '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10', clientSecret },
  });
  try {
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    const result = await app.acquireTokenByRefreshToken({ refreshToken, scopes });
    return result!.accessToken;
  } catch (error) {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
    const result = await app.acquireTokenByUsernamePassword({ scopes, username, password });
    return result!.accessToken;
  }
}

export async function invoices(refreshToken: string, username: string, password: string) {
  let attempt = 0;
  while (attempt < 5) {
    const token = await signIn(refreshToken, username, password);
    // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
    const response = await axios.get('https://api.partnercenter.microsoft.com/v1/invoices', {
      headers: { Authorization: `Bearer ${token}` },
      validateStatus: () => true,
    });
    // pcmfa: finding mfa-error-retried
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
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://api.partnercenter.microsoft.com/.default'] });
  const headers = { Authorization: `Bearer ${result!.accessToken}` };
  // pcmfa: call verdict=exempt from=client-credentials
  await axios.get('https://api.partnercenter.microsoft.com/v1/customers', { headers });
  // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
  return axios.get(`https://api.partnercenter.microsoft.com/v1/customers/${customer}/users`, { headers });
}

export async function audit() {
  // pcmfa: finding static-token
  const headers = { Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.' };
  // pcmfa: call verdict=unresolved ; finding unresolved-token
  return axios.get('https://api.partnercenter.microsoft.com/v1/auditrecords', { headers });
}

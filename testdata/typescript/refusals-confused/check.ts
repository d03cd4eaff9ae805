import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

export async function agreements(app: ConfidentialClientApplication, refreshToken: string) {
  const result = await app.acquireTokenByRefreshToken({
    refreshToken,
    scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
  });
  const headers = { Authorization: `Bearer ${result!.accessToken}`, ValidateMfa: 'true' };
  try {
    return await axios.get('https://api.partnercenter.microsoft.com/v1/agreements', { headers });
  } catch (error: any) {
    if (['900421', '900420'].includes(String(error.response.data.code))) {
      throw new Error('sign in again');
    }
    throw error;
  }
}

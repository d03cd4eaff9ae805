import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

export async function agreements(app: ConfidentialClientApplication, refreshToken: string) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const result = await app.acquireTokenByRefreshToken({
    refreshToken,
    scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
  });
  // pcmfa: check ; finding mfa-check-ignored
  const headers = { Authorization: `Bearer ${result!.accessToken}`, ValidateMfa: 'true' };
  try {
    // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    return await axios.get('https://api.partnercenter.microsoft.com/v1/agreements', { headers });
  } catch (error: any) {
    // pcmfa: check ; finding mfa-error-confused
    if (['900421', '900420'].includes(String(error.response.data.code))) {
      throw new Error('sign in again');
    }
    throw error;
  }
}

import axios from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

enum Refusal {
  // pcmfa: check
  NoMfa = 900421,
  RetiredAudience = 900420,
  NeedsUser = 900329,
}

export async function users(app: ConfidentialClientApplication, refreshToken: string, customers: string[]) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const result = await app.acquireTokenByRefreshToken({
    refreshToken,
    scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
  });
  // pcmfa: check
  const headers = { Authorization: `Bearer ${result!.accessToken}`, ValidateMfa: 'true' };
  for (const customer of customers) {
    // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    const response = await axios.get(`https://api.partnercenter.microsoft.com/v1/customers/${customer}/users`, {
      headers,
      validateStatus: () => true,
    });
    // pcmfa: decoy
    if (response.status === 401) {
      console.warn(explain(Number(response.data.code)));
      continue;
    }
    // pcmfa: check
    if (response.headers['ismfacompliant'] !== 'true') {
      console.warn('the token carries no MFA claim');
    }
  }
}

function explain(code: number): string {
  switch (code) {
    case Refusal.NoMfa:
      return 'repeat the consent with MFA';
    case Refusal.RetiredAudience:
      return 'the token is for a retired audience';
    default:
      return 'refused';
  }
}

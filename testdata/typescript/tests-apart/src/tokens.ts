import { ConfidentialClientApplication } from '@azure/msal-node';
import { TokenSource } from './partner';

export class VaultTokens implements TokenSource {
  private readonly app = new ConfidentialClientApplication({
    auth: { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET! },
  });

  async current() {
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    const result = await this.app.acquireTokenByRefreshToken({
      refreshToken: process.env.REFRESH_TOKEN!,
      scopes: ['https://api.partnercenter.microsoft.com/.default'],
    });
    return result!.accessToken;
  }
}

import { PublicClientApplication } from '@azure/msal-node';

export class Tokens {
  private readonly app = new PublicClientApplication({ auth: { clientId: process.env.CLIENT_ID! } });

  async current(): Promise<string> {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    const result = await this.app.acquireTokenByUsernamePassword({
      scopes: ['https://api.partnercenter.microsoft.com/.default'],
      username: process.env.PARTNER_USER!,
      password: process.env.PARTNER_PASSWORD!,
    });
    return result!.accessToken;
  }
}

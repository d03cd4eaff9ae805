import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';

export const PARTNER_SCOPE = 'https://api.partnercenter.microsoft.com/.default';

const settings = { auth: { clientId: process.env.CLIENT_ID!, authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com' } };

export class Grants {
  async password(scope: string): Promise<string> {
    const app = new PublicClientApplication(settings);
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    const result = await app.acquireTokenByUsernamePassword({ scopes: [scope], username: process.env.PC_USER!, password: process.env.PC_PASSWORD! });
    return result!.accessToken;
  }

  async refresh(scope: string): Promise<string> {
    const app = new ConfidentialClientApplication(settings);
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    const result = await app.acquireTokenByRefreshToken({ scopes: [scope], refreshToken: process.env.REFRESH_TOKEN! });
    return result!.accessToken;
  }

  async application(scope: string): Promise<string> {
    const app = new ConfidentialClientApplication(settings);
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    const result = await app.acquireTokenByClientCredential({ scopes: [scope] });
    return result!.accessToken;
  }
}

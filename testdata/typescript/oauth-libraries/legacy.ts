import { AuthenticationContext, TokenResponse } from 'adal-node';
import * as openid from 'openid-client';
import { ResourceOwnerPassword } from 'simple-oauth2';
import { OIDCStrategy } from 'passport-azure-ad';

const PARTNER = 'https://api.partnercenter.microsoft.com';

export function fromAdal(user: string, password: string): Promise<string> {
  const context = new AuthenticationContext('https://login.microsoftonline.com/common');
  return new Promise((resolve, reject) => {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
    context.acquireTokenWithUsernamePassword(PARTNER, user, password, 'client', (error, response) =>
      error ? reject(error) : resolve((response as TokenResponse).accessToken),
    );
  });
}

export async function fromOwner(user: string, password: string): Promise<string> {
  const client = new ResourceOwnerPassword({ client: { id: 'client', secret: '' }, auth: { tokenHost: 'https://login.microsoftonline.com' } });
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await client.getToken({ username: user, password, scope: `${PARTNER}/.default` });
  return result.token.access_token as string;
}

export async function fromServer(refreshToken: string): Promise<string> {
  const server: openid.Configuration = await openid.discovery(new URL('https://login.microsoftonline.com/contoso.example/v2.0'), 'client');
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const tokens = await openid.refreshTokenGrant(server, refreshToken, { scope: `${PARTNER}/.default` });
  return tokens.access_token;
}

// pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
export const strategy = new OIDCStrategy(
  { identityMetadata: 'https://login.microsoftonline.com/common/.well-known/openid-configuration', clientID: 'client', responseType: 'code', scope: [`${PARTNER}/user_impersonation`] },
  (profile: unknown, done: (error: unknown, user: unknown) => void) => done(null, profile),
);

class Cinema {
  getToken(seat: { row: number }): string {
    return `${seat.row}`;
  }
}
// pcmfa: decoy
export const ticket = new Cinema().getToken({ row: 7 });

import { PublicClientApplication, AuthenticationResult } from '@azure/msal-node';

const scopes = ['https://api.partnercenter.microsoft.com/user_impersonation'];
const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });

export interface Grant {
  access: string;
  until?: Date;
}

export const byTenant = new Map<string, Grant>();

// A tuple.
export async function pair(username: string, password: string): Promise<[string, Date | null]> {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await app.acquireTokenByUsernamePassword({ scopes, username, password });
  return [result!.accessToken, result!.expiresOn];
}

// A promise with callbacks.
export function later(): Promise<Grant> {
  return app
    // pcmfa: acquisition flow=device-code verdict=capable pc=yes
    .acquireTokenByDeviceCode({ scopes, deviceCodeCallback: (answer) => console.log(answer.message) })
    .then((result: AuthenticationResult | null) => ({ access: result!.accessToken, until: result!.expiresOn ?? undefined }));
}

// A map that all see.
export async function fill(tenant: string, username: string, password: string): Promise<void> {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await app.acquireTokenByUsernamePassword({ scopes, username, password });
  byTenant.set(tenant, { access: result!.accessToken });
}

// A generator.
export async function* tokens(): AsyncGenerator<string> {
  for (;;) {
    // pcmfa: acquisition flow=interactive verdict=capable pc=yes
    const result = await app.acquireTokenInteractive({ scopes, openBrowser: async () => undefined });
    yield result.accessToken;
  }
}

// A callback in the old style.
export function withToken(username: string, password: string, done: (error: Error | null, token?: string) => void): void {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  app.acquireTokenByUsernamePassword({ scopes, username, password }).then((result) => done(null, result!.accessToken), done);
}

import { PublicClientApplication, type AuthenticationResult } from '@azure/msal-browser';

const partner = 'https://api.partnercenter.microsoft.com';
const client = new PublicClientApplication({ auth: { clientId: '5d2c6bd5-9f3d-4e31-8a0d-000000000000' } });

/** The page comes back here with the token. */
export async function start() {
  await client.initialize();
  // pcmfa: acquisition flow=interactive verdict=capable pc=yes
  const answer: AuthenticationResult | null = await client.handleRedirectPromise();
  if (answer === null) {
    // pcmfa: acquisition flow=interactive verdict=capable pc=yes
    await client.acquireTokenRedirect({ scopes: [`${partner}/user_impersonation`] });
    return;
  }
  const request = new Request(`${partner}/v1/profiles/mpn`, { headers: { Authorization: `Bearer ${answer.accessToken}` } });
  // pcmfa: call verdict=capable from=interactive
  const profile = await fetch(request);
  // pcmfa: decoy
  await fetch(new Request('https://contoso.example/v1/profiles/mpn'));
  console.log(await profile.json());
}

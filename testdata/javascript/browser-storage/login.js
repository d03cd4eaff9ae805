import { PublicClientApplication } from '@azure/msal-browser';

const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });

export async function login() {
  // pcmfa: acquisition flow=interactive verdict=capable pc=yes
  const result = await app.acquireTokenPopup({ scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'] });
  localStorage.setItem('partner_token', result.accessToken);
  sessionStorage.setItem('theme', 'dark');
}

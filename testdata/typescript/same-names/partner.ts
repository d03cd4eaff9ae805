import { PublicClientApplication } from '@azure/msal-node';

const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });

export async function getToken(username: string, password: string): Promise<string> {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await app.acquireTokenByUsernamePassword({ scopes: ['https://api.partnercenter.microsoft.com/.default'], username, password });
  return result!.accessToken;
}

// Calls itself through another one.
export async function customers(username: string, password: string, attempt = 0): Promise<Response> {
  const token = await getToken(username, password);
  // pcmfa: call verdict=blocked from=ropc
  const answer = await fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${token}` } });
  return answer.status === 429 ? again(username, password, attempt + 1) : answer;
}

async function again(username: string, password: string, attempt: number): Promise<Response> {
  return attempt > 3 ? Promise.reject(new Error('too many')) : customers(username, password, attempt);
}

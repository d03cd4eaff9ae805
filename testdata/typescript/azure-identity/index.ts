import { ClientSecretCredential, DefaultAzureCredential, TokenCredential, UsernamePasswordCredential, getBearerTokenProvider } from '@azure/identity';
import fetch from 'node-fetch';

enum Api {
  Partner = 'https://api.partnercenter.microsoft.com',
  Graph = 'https://graph.microsoft.com',
}

const env = process.env;

function credential(unattended: boolean): TokenCredential {
  if (unattended) {
    return new ClientSecretCredential(env.TENANT!, env.CLIENT!, env.SECRET!);
  }
  return new UsernamePasswordCredential(env.TENANT!, env.CLIENT!, env.USERNAME!, env.PASSWORD!);
}

async function get(path: string, token: string) {
  // pcmfa: call verdict=blocked from=client-credentials,ropc,unknown
  return fetch(`${Api.Partner}${path}`, { headers: { Authorization: `Bearer ${token}` } });
}

export async function customers() {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const token = await credential(false).getToken(`${Api.Partner}/.default`);
  // pcmfa: call verdict=blocked from=ropc
  return get('/v1/customers', token!.token);
}

export async function invoices() {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const token = await credential(true).getToken(`${Api.Partner}/.default`);
  // pcmfa: call verdict=exempt from=client-credentials
  return get('/v1/invoices', token!.token);
}

export async function profile() {
  // pcmfa: acquisition flow=unknown verdict=unresolved pc=yes
  const bearer = getBearerTokenProvider(new DefaultAzureCredential(), `${Api.Partner}/.default`);
  // pcmfa: call verdict=unresolved from=unknown ; finding unresolved-token
  return get('/v1/profiles/organization', await bearer());
}

export async function organization() {
  // pcmfa: decoy
  const token = await credential(false).getToken(`${Api.Graph}/.default`);
  return fetch(`${Api.Graph}/v1.0/organization`, { headers: { Authorization: `Bearer ${token!.token}` } });
}

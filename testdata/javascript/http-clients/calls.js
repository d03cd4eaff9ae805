import ky from 'ky';
import got from 'got';
import axios from 'axios';
import superagent from 'superagent';
import { Agent, ProxyAgent, stream } from 'undici';
import https from 'https';
import { asUser, asApplication, renewed } from './auth.js';

const partner = 'https://api.partnercenter.microsoft.com';

export async function reports(username, password) {
  const authorization = `Bearer ${await asUser(username, password)}`;
  const client = ky.create({ baseUrl: `${partner}/v1/`, headers: { authorization } });
  // pcmfa: call verdict=blocked from=ropc
  await client.get('customers').json();
  // pcmfa: call verdict=blocked from=ropc
  await got.paginate.all(`${partner}/v1/invoices`, { headers: { authorization } });
  // pcmfa: call verdict=blocked from=ropc
  got.stream.post(`${partner}/v1/customers/1/orders`, { headers: { authorization }, json: {} });
  // pcmfa: call verdict=blocked from=ropc
  await superagent.del(`${partner}/v1/customers/1/users/2`).set('Authorization', authorization);
  // pcmfa: call verdict=blocked from=ropc
  superagent.post(`${partner}/v1/customers/1/orders/2/activationlinks`).set({ Authorization: authorization }).end(() => {});
}

export async function renewing(refresh) {
  const authorization = `Bearer ${await renewed(refresh)}`;
  const agent = new Agent({ connections: 2 });
  // pcmfa: call verdict=capable from=refresh-token
  await agent.request({ origin: partner, path: '/v1/agreements', method: 'GET', headers: { authorization } });
  // pcmfa: call verdict=capable from=refresh-token
  await new ProxyAgent('http://proxy.example:8080').request({ origin: partner, path: '/v1/customers', method: 'GET', headers: { authorization } });
  // pcmfa: call verdict=capable from=refresh-token
  await stream(`${partner}/v1/offers`, { method: 'GET', headers: { authorization } }, () => process.stdout);
  // pcmfa: call verdict=capable from=refresh-token
  https.get(`${partner}/v1/profiles/organization`, { headers: { authorization } }, (answer) => answer.resume());
}

export async function nightly(secret) {
  const headers = { Authorization: `Bearer ${await asApplication(secret)}` };
  // pcmfa: call verdict=exempt from=client-credentials
  await axios.head(`${partner}/v1/domains/contoso.example`, { headers });
  // pcmfa: call verdict=exempt from=client-credentials
  await axios.request({ baseURL: partner, url: '/v1/invoices', headers });
}

// Look-alikes: other hosts, and objects of one's own.
const booked = { request: (what) => what.path };

export async function others() {
  // pcmfa: decoy
  await ky.get('https://contoso.example/v1/customers');
  // pcmfa: decoy
  await got.paginate.all('https://contoso.example/v1/customers');
  // pcmfa: decoy
  superagent.post('https://contoso.example/v1/customers').end(() => {});
  // pcmfa: decoy
  booked.request({ origin: partner, path: '/v1/customers' });
  // pcmfa: decoy
  await axios.request('https://contoso.example/v1/customers', { method: 'get' });
}

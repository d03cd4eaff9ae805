import got from 'got';
import { request, Client } from 'undici';

const partner = 'https://api.partnercenter.microsoft.com';

const login = async (grant) => {
  const { access_token: token } = await got
    .post('https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token', {
      form: { client_id: process.env.CLIENT_ID, scope: `${partner}/.default`, ...grant },
    })
    .json();
  return token;
};

// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
const application = await login({ grant_type: 'client_credentials', client_secret: process.env.SECRET });
const api = got.extend({ prefixUrl: `${partner}/v1`, headers: { authorization: `Bearer ${application}` } });
// pcmfa: call verdict=exempt from=client-credentials
console.log(await api('invoices').json());
// pcmfa: call verdict=exempt from=client-credentials
console.log(await api.get('customers').json());

async function relationships(user, password) {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const token = await login({ grant_type: 'password', username: user, password });
  // pcmfa: call verdict=blocked from=ropc
  const { body } = await request(`${partner}/v1/customers/relationshiprequests`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const client = new Client(partner);
  // pcmfa: call verdict=blocked from=ropc
  await client.request({ path: '/v1/profiles/organization', method: 'GET', headers: { authorization: `Bearer ${token}` } });
  return body.json();
}

// Look-alikes: other hosts, and an object of one's own.
// pcmfa: decoy
await got.get('https://contoso.example/v1/customers');
// pcmfa: decoy
await request('https://contoso.example/v1/customers');
const mine = { request: (url) => url };
// pcmfa: decoy
mine.request(`${partner}/v1/customers`);

export default relationships;

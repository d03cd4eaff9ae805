import axios, { AxiosInstance } from 'axios';
import { ConfidentialClientApplication } from '@azure/msal-node';

interface Page {
  items: { id: string }[];
  links: { next?: { uri: string; headers: { key: string; value: string }[] } };
}

export class Client {
  private readonly http: AxiosInstance;

  constructor(token: string) {
    this.http = axios.create({ baseURL: 'https://api.partnercenter.microsoft.com/v1', headers: { Authorization: `Bearer ${token}` } });
  }

  async *pages(path: string): AsyncGenerator<{ id: string }> {
    // pcmfa: call verdict=capable from=refresh-token
    let page: Page = (await this.http.get(path)).data;
    yield* page.items;
    while (page.links.next) {
      // pcmfa: call verdict=capable from=refresh-token
      page = (await this.http.get(page.links.next.uri, { headers: { [page.links.next.headers[0].key]: page.links.next.headers[0].value } })).data;
      yield* page.items;
    }
  }
}

export async function main(refreshToken: string) {
  const app = new ConfidentialClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11', clientSecret: process.env.SECRET! } });
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const result = await app.acquireTokenByRefreshToken({ refreshToken, scopes: ['https://api.partnercenter.microsoft.com/.default'] });
  const client = new Client(result!.accessToken);
  // pcmfa: call verdict=capable from=refresh-token
  for await (const customer of client.pages('/customers')) {
    console.log(customer.id);
  }
  // pcmfa: decoy
  await axios.get('https://weather.example/v1/customers');
}

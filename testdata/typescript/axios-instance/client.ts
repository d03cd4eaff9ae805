import axios, { AxiosInstance } from 'axios';
import { PasswordTokens, RefreshTokens } from './tokens';
import { Settings } from './settings';

const PARTNER = 'https://api.partnercenter.microsoft.com';

export class PartnerClient {
  private readonly http: AxiosInstance;

  constructor(settings: Settings) {
    const tokens = new RefreshTokens(settings);
    this.http = axios.create({ baseURL: `${PARTNER}/v1` });
    this.http.interceptors.request.use(async (request) => {
      request.headers.Authorization = `Bearer ${await tokens.getToken(PARTNER + '/.default')}`;
      return request;
    });
  }

  async customers() {
    const { data } = await this.http.get('/customers'); // pcmfa: call verdict=capable from=refresh-token
    return data.items;
  }

  suspend(customer: string, id: string) {
    // pcmfa: call verdict=capable from=refresh-token
    return this.http.patch(`/customers/${customer}/subscriptions/${id}`, { status: 'suspended' });
  }
}

export async function oldInvoices(settings: Settings) {
  const token = await new PasswordTokens(settings).getToken(`${PARTNER}/.default`);
  const session = axios.create({ baseURL: PARTNER });
  session.defaults.headers.common['Authorization'] = 'Bearer ' + token;
  return session.get('/v1/invoices'); // pcmfa: call verdict=blocked from=ropc
}

export class Weather {
  private readonly http: AxiosInstance = axios.create({ baseURL: 'https://weather.example' });

  today() {
    return this.http.get('/v1/customers'); // pcmfa: decoy
  }
}

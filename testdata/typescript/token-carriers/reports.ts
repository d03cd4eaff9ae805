import { byTenant, fill, later, pair, tokens, withToken } from './signIn';

const api = 'https://api.partnercenter.microsoft.com/v1';

class Call {
  private headers: Record<string, string> = {};

  constructor(private readonly path: string) {}

  bearer(token: string): this {
    this.headers['Authorization'] = `Bearer ${token}`;
    return this;
  }

  accept(kind: string): this {
    this.headers['Accept'] = kind;
    return this;
  }

  async send(): Promise<unknown> {
    // pcmfa: call verdict=capable from=device-code
    const answer = await fetch(`${api}/${this.path}`, { headers: this.headers });
    return answer.json();
  }
}

export async function customers(user: string, password: string) {
  const [access, until] = await pair(user, password);
  console.log(until);
  // pcmfa: call verdict=blocked from=ropc
  return fetch(`${api}/customers`, { headers: { Authorization: `Bearer ${access}` } });
}

export async function invoices() {
  const grant = await later();
  // pcmfa: call verdict=capable from=device-code
  return new Call('invoices').accept('application/json').bearer(grant.access).send();
}

export async function agreements(tenant: string, user: string, password: string) {
  if (!byTenant.has(tenant)) {
    await fill(tenant, user, password);
  }
  // pcmfa: call verdict=blocked from=ropc
  return fetch(`${api}/agreements`, { headers: { Authorization: `Bearer ${byTenant.get(tenant)!.access}` } });
}

export async function offers() {
  for await (const token of tokens()) {
    // pcmfa: call verdict=capable from=interactive
    const answer = await fetch(`${api}/offers`, { headers: { Authorization: `Bearer ${token}` } });
    if (answer.ok) {
      return answer;
    }
  }
}

export function mpn(user: string, password: string) {
  withToken(user, password, (error, token) => {
    if (error) {
      throw error;
    }
    // pcmfa: call verdict=blocked from=ropc
    void fetch(`${api}/profiles/mpn`, { headers: { Authorization: `Bearer ${token}` } });
  });
}

export async function weather(user: string, password: string) {
  const [, until] = await pair(user, password);
  // pcmfa: decoy
  return fetch(`https://weather.example/v1/customers?until=${until}`);
}

export interface TokenSource {
  current(): Promise<string>;
}

export class Partner {
  baseUrl = 'https://api.partnercenter.microsoft.com';

  constructor(private readonly tokens: TokenSource) {}

  async customers() {
    const headers = { Authorization: `Bearer ${await this.tokens.current()}` };
    return fetch(`${this.baseUrl}/v1/customers`, { headers }); // pcmfa: call verdict=capable from=refresh-token
  }
}

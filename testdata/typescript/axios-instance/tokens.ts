import axios from 'axios';
import qs from 'qs';
import type { Settings } from './settings';

export interface TokenSource {
  getToken(scope: string): Promise<string>;
}

export class RefreshTokens implements TokenSource {
  private refreshToken: string;

  constructor(private readonly settings: Settings) {
    this.refreshToken = settings.refreshToken;
  }

  async getToken(scope: string): Promise<string> {
    const { data } = await axios.post(
      `https://login.microsoftonline.com/${this.settings.tenantId}/oauth2/v2.0/token`,
      qs.stringify({
        client_id: this.settings.clientId,
        grant_type: 'refresh_token', // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        refresh_token: this.refreshToken,
        scope,
      }),
    );
    this.refreshToken = data.refresh_token;
    return data.access_token;
  }
}

export class PasswordTokens implements TokenSource {
  constructor(private readonly settings: Settings) {}

  async getToken(scope: string): Promise<string> {
    const form = new URLSearchParams();
    form.append('client_id', this.settings.clientId);
    form.append('grant_type', 'password'); // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    form.append('username', this.settings.user);
    form.append('password', this.settings.password);
    form.append('scope', scope);
    const response = await axios.request({
      url: `https://login.microsoftonline.com/${this.settings.tenantId}/oauth2/v2.0/token`,
      method: 'POST',
      data: form,
    });
    return response.data.access_token;
  }
}

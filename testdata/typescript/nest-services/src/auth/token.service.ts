import { Injectable } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';
import { Audience } from './audience';

@Injectable()
export class TokenService {
  private readonly cache = new Map<string, string>();

  constructor(private readonly http: HttpService) {}

  async get(audience: Audience): Promise<string> {
    const body = new URLSearchParams({
      client_id: process.env.CLIENT_ID!,
      grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      username: process.env.SERVICE_USER!,
      password: process.env.SERVICE_PASSWORD!,
      resource: audience,
    });
    const { data } = await firstValueFrom(
      this.http.post<{ access_token: string }>('https://login.microsoftonline.com/contoso.example/oauth2/token', body.toString()),
    );
    return data.access_token;
  }
}

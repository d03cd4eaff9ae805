import { Injectable } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom, map } from 'rxjs';
import { Api, TokenService } from './auth';

@Injectable()
export class PartnerService {
  constructor(private readonly http: HttpService, private readonly tokens: TokenService) {}

  async customers() {
    const token = await this.tokens.get(Api.PartnerCenter);
    return firstValueFrom(
      // pcmfa: call verdict=blocked from=ropc
      this.http.get(`${Api.PartnerCenter}/v1/customers`, { headers: { Authorization: `Bearer ${token}` } }).pipe(map((r) => r.data)),
    );
  }

  async users() {
    const token = await this.tokens.get(Api.Graph);
    // pcmfa: decoy
    return firstValueFrom(this.http.get(`${Api.Graph}/v1.0/users`, { headers: { Authorization: `Bearer ${token}` } }));
  }
}

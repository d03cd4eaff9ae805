import { HttpClient } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { environment } from './environment';

@Injectable({ providedIn: 'root' })
export class InvoicesService {
  constructor(private readonly http: HttpClient) {}

  /** No header here: the interceptor puts it in. */
  invoices() {
    // pcmfa: call verdict=capable from=interactive
    return this.http.get(`${environment.partner}/v1/invoices`);
  }

  /** The map takes this address out. */
  referrals() {
    // pcmfa: call verdict=unresolved ; finding unresolved-token
    return this.http.get('https://api.partner.microsoft.com/v1.0/engagements/referrals');
  }

  /** The interceptor sees the requests of Angular's client alone. */
  async profile() {
    // pcmfa: call verdict=unresolved ; finding unresolved-token
    return fetch(`${environment.partner}/v1/profiles/mpn`);
  }

  weather() {
    // pcmfa: decoy
    return this.http.get('https://weather.example/v1/invoices');
  }
}

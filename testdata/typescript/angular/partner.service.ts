import { HttpClient, HttpHeaders } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { MsalService } from '@azure/msal-angular';
import { Observable } from 'rxjs';
import { map, switchMap } from 'rxjs/operators';
import { environment } from './environment';

@Injectable({ providedIn: 'root' })
export class PartnerService {
  constructor(private readonly http: HttpClient, private readonly msal: MsalService) {}

  customers(): Observable<unknown[]> {
    // pcmfa: acquisition flow=interactive verdict=capable pc=yes
    return this.msal.acquireTokenPopup({ scopes: [`${environment.partnerApi}/user_impersonation`] }).pipe(
      switchMap((result) =>
        // pcmfa: call verdict=capable from=interactive
        this.http.get<{ items: unknown[] }>(`${environment.partnerApi}/v1/customers`, {
          headers: new HttpHeaders().set('Authorization', `Bearer ${result.accessToken}`),
        }),
      ),
      map((page) => page.items),
    );
  }

  weather() {
    // pcmfa: decoy
    return this.http.get('https://weather.example/v1/customers');
  }
}

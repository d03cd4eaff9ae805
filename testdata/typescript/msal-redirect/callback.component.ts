import { HttpClient } from '@angular/common/http';
import { Component, OnInit } from '@angular/core';
import { MsalService } from '@azure/msal-angular';
import { filter, switchMap } from 'rxjs/operators';

@Component({ selector: 'app-callback', template: '' })
export class CallbackComponent implements OnInit {
  constructor(private readonly msal: MsalService, private readonly http: HttpClient) {}

  ngOnInit(): void {
    this.msal
      // pcmfa: acquisition flow=interactive verdict=capable pc=yes
      .handleRedirectObservable()
      .pipe(
        filter((answer) => answer !== null),
        switchMap((answer) =>
          // pcmfa: call verdict=capable from=interactive
          this.http.get('https://api.partnercenter.microsoft.com/v1/invoices', {
            headers: { Authorization: `Bearer ${answer.accessToken}` },
          }),
        ),
      )
      .subscribe();
  }

  /** The look-alike: a router of one's own. */
  back() {
    // pcmfa: decoy
    return new Routes().handleRedirectObservable();
  }
}

class Routes {
  handleRedirectObservable(): string {
    return '/invoices';
  }
}

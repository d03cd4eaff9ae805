import { HTTP_INTERCEPTORS, HttpClientModule } from '@angular/common/http';
import { NgModule } from '@angular/core';
import { MSAL_INTERCEPTOR_CONFIG, MsalInterceptor, MsalInterceptorConfiguration, MsalModule } from '@azure/msal-angular';
import { InteractionType } from '@azure/msal-browser';
import { environment } from './environment';

export function interceptorConfig(): MsalInterceptorConfiguration {
  const protectedResourceMap = new Map<string, Array<string> | null>();
  protectedResourceMap.set('https://graph.microsoft.com/v1.0/me', ['user.read']);
  protectedResourceMap.set('https://api.partner.microsoft.com/v1.0/*', null);
  protectedResourceMap.set(environment.partner, environment.scopes);
  // pcmfa: acquisition flow=interactive verdict=capable pc=yes
  return { interactionType: InteractionType.Redirect, protectedResourceMap };
}

@NgModule({
  imports: [HttpClientModule, MsalModule],
  providers: [
    { provide: HTTP_INTERCEPTORS, useClass: MsalInterceptor, multi: true },
    { provide: MSAL_INTERCEPTOR_CONFIG, useFactory: interceptorConfig },
  ],
})
export class AppModule {}

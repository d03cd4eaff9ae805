import { MsalModule } from '@azure/msal-angular';
import { InteractionType, PublicClientApplication } from '@azure/msal-browser';

const guard = { interactionType: InteractionType.Popup };

export const modules = [
  MsalModule.forRoot(new PublicClientApplication({ auth: { clientId: 'portal' } }), guard, {
    interactionType: InteractionType.Popup,
    protectedResourceMap: new Map([
      ['https://graph.microsoft.com/v1.0/users', ['User.Read.All']],
      // pcmfa: acquisition flow=interactive verdict=capable pc=yes
      ['https://api.partnercenter.microsoft.com/v1/customers*', ['https://api.partnercenter.microsoft.com/.default']],
    ]),
  }),
  // pcmfa: decoy
  { protectedResources: new Map([['https://api.partnercenter.microsoft.com/v1/orders', ['none']]]) },
];

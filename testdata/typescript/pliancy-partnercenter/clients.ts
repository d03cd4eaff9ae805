import MicrosoftPartnerCenter from '@pliancy/microsoft-partnercenter';

const partnerDomain = 'contoso.example';

/** Speaks for the user who gave the consent. */
export function asPartner(refreshToken: string) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  return new MicrosoftPartnerCenter({
    partnerDomain,
    authentication: { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET!, refreshToken },
  });
}

export function asApplication() {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  return new MicrosoftPartnerCenter({
    partnerDomain,
    authentication: { clientId: process.env.CLIENT_ID!, clientSecret: process.env.CLIENT_SECRET! },
  });
}

// Scripts of one page: each object is a variable that the others see.
const Session = {
  scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
  app: null,

  start() {
    this.app = new msal.PublicClientApplication({ auth: { clientId: '00000000-0000-0000-0000-000000000000' } });
  },

  async partnerToken() {
    // pcmfa: acquisition flow=interactive verdict=capable pc=yes
    const result = await this.app.loginPopup({ scopes: this.scopes, prompt: 'select_account' });
    return result?.accessToken;
  },
};

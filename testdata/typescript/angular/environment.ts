export const environment = {
  production: false,
  partnerApi: 'https://api.partnercenter.microsoft.com',
};

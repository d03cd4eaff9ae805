export const environment = {
  partner: 'https://api.partnercenter.microsoft.com',
  scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
};

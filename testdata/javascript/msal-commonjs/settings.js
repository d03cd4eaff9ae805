module.exports = {
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
  tenant: process.env.TENANT_ID || 'common',
  partner: 'https://api.partnercenter.microsoft.com',
};

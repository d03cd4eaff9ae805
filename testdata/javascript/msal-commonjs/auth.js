// Tokens for all jobs: who asks says for what.
const msal = require('@azure/msal-node');
const { clientId, clientSecret, tenant } = require('./settings');

const authority = `https://login.microsoftonline.com/${tenant}`;
const pca = new msal.PublicClientApplication({ auth: { clientId, authority } });
const cca = new msal.ConfidentialClientApplication({ auth: { clientId, clientSecret, authority } });

const scopesOf = (resource) => [`${resource}/.default`];

async function userToken(resource) {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await pca.acquireTokenByUsernamePassword({
    scopes: scopesOf(resource),
    username: process.env.PARTNER_USER,
    password: process.env.PARTNER_PASSWORD,
  });
  return result.accessToken;
}

const appToken = async (resource) => {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const { accessToken } = await cca.acquireTokenByClientCredential({ scopes: scopesOf(resource) });
  return accessToken;
};

exports.deviceToken = async function () {
  // pcmfa: acquisition flow=device-code verdict=capable pc=yes
  const response = await pca.acquireTokenByDeviceCode({
    scopes: ['https://api.partnercenter.microsoft.com/user_impersonation'],
    deviceCodeCallback: (info) => console.log(info.message),
  });
  return response.accessToken;
};

exports.userToken = userToken;
exports.appToken = appToken;

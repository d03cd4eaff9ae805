'use strict';

const { PublicClientApplication } = require('@azure/msal-node');

const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });

async function customers(code) {
  const result = await app.acquireTokenByCode({ // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    code,
    scopes: ['https://api.partnercenter.microsoft.com/.default'],
    redirectUri: 'http://localhost',
    extraQueryParameters: { amr_values: 'mfa' }, // pcmfa: check
  });
  // pcmfa: call verdict=capable from=authorization-code
  return fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${result.accessToken}` } });
}

// pcmfa: decoy
const weather = () => fetch('https://weather.example/v1/customers');

module.exports = { customers, weather };

'use strict';

const fs = require('fs');
const { PublicClientApplication } = require('@azure/msal-node');
const { createClient } = require('redis');

const app = new PublicClientApplication({ auth: { clientId: '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' } });
const scopes = ['https://api.partnercenter.microsoft.com/user_impersonation'];
const redis = createClient({ url: 'redis://cache.example' });

async function toFile(username, password) {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await app.acquireTokenByUsernamePassword({ scopes, username, password });
  fs.writeFileSync('token.json', JSON.stringify({ token: result.accessToken }));
}

async function toRedis() {
  // pcmfa: acquisition flow=device-code verdict=capable pc=yes
  const result = await app.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: console.log });
  await redis.set('partner-token', result.accessToken);
}

module.exports = { redis, toFile, toRedis };

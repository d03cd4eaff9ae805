const express = require('express');
const passport = require('passport');
const { OIDCStrategy } = require('passport-azure-ad');
const axios = require('axios');

const app = express();
let current;

passport.use(
  // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
  new OIDCStrategy(
    {
      identityMetadata: 'https://login.microsoftonline.com/common/.well-known/openid-configuration',
      clientID: process.env.CLIENT_ID,
      responseType: 'code',
      scope: ['https://api.partnercenter.microsoft.com/user_impersonation'],
    },
    (iss, sub, profile, accessToken, refreshToken, done) => {
      current = accessToken;
      done(null, profile);
    },
  ),
);

app.get('/customers', async (req, res) => {
  // pcmfa: call verdict=capable from=authorization-code
  const page = await axios.get('https://api.partnercenter.microsoft.com/v1/customers', {
    headers: { Authorization: `Bearer ${current}` },
  });
  res.json(page.data);
});

// A look-alike of axios.get: a route.
// pcmfa: decoy
app.get('/v1/customers', (req, res) => res.end());

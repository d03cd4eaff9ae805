const { keep } = require('./vault');

const authority = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token';

// Once a year a person signs in with a password that has no second factor, and the program lives on what is kept.
exports.consent = async function consent(user, password, bearer) {
  const answer = await fetch(authority, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      client_id: process.env.CLIENT_ID,
      username: user,
      password,
      scope: 'offline_access openid',
    }),
  });
  await keep(await answer.json(), bearer);
};

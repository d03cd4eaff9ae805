const { read } = require('./vault');

const partner = 'https://api.partnercenter.microsoft.com';

exports.customers = async function customers(bearer) {
  const answer = await fetch('https://login.microsoftonline.com/organizations/oauth2/v2.0/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token', // pcmfa: acquisition flow=refresh-token verdict=blocked pc=yes
      client_id: process.env.CLIENT_ID,
      refresh_token: await read('partner-refresh', bearer),
      scope: `${partner}/.default`,
    }),
  });
  const { access_token } = await answer.json();
  // pcmfa: call verdict=blocked from=refresh-token
  return fetch(`${partner}/v1/customers`, { headers: { Authorization: `Bearer ${access_token}` } });
};

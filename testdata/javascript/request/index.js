const rp = require('request-promise');

const tokenOf = (form) =>
  rp({
    method: 'POST',
    uri: 'https://login.windows.net/contoso.example/oauth2/token',
    form: { ...form, resource: 'https://api.partnercenter.microsoft.com' },
    json: true,
  }).then((body) => body.access_token);

async function main() {
  const password = await tokenOf({
    grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    username: process.env.PC_USER,
    password: process.env.PC_PASSWORD,
  });
  const session = rp.defaults({
    baseUrl: 'https://api.partnercenter.microsoft.com/v1',
    headers: { Authorization: `Bearer ${password}` },
  });
  // pcmfa: call verdict=blocked from=ropc
  console.log(await session.get('/customers'));

  const refreshed = await tokenOf({
    grant_type: 'refresh_token', // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    refresh_token: process.env.PC_REFRESH_TOKEN,
  });
  // pcmfa: call verdict=capable from=refresh-token
  console.log(await rp('https://api.partnercenter.microsoft.com/v1/invoices', { headers: { Authorization: `Bearer ${refreshed}` } }));
}

// A look-alike: a function of that name, and a request elsewhere.
function request(options) {
  return options.uri;
}
// pcmfa: decoy
request({ uri: 'https://api.partnercenter.microsoft.com/v1/customers' });
// pcmfa: decoy
rp.get('https://contoso.example/v1/customers');

main();

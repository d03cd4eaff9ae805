const LOGIN = 'https://login.microsoftonline.com/contoso.example/oauth2/token';

async function customers() {
  const login = await fetch(LOGIN, {
    method: 'POST',
    body: new URLSearchParams({
      // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
      grant_type: 'client_credentials',
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      resource: 'https://graph.windows.net',
    }),
  });
  const { access_token: token } = await login.json();
  // pcmfa: call verdict=exempt from=client-credentials
  return fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${token}` } });
}

module.exports = { customers };

// A back end without a framework: one function takes all requests and compares their paths.
const http = require('http');

async function askPartnerCenter(token, path) {
  const base = process.env.RESELLER_API || 'https://api.partnercenter.microsoft.com';
  const url = `${base.replace(/\/$/, '')}${path.startsWith('/') ? path : `/${path}`}`;
  // pcmfa: call verdict=blocked from=client-credentials,ropc
  return fetch(url, { headers: { Authorization: `Bearer ${token}` } });
}

async function appToken(tenant) {
  const form = new URLSearchParams();
  form.set('grant_type', 'client_credentials'); // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  form.set('client_id', process.env.APP_ID);
  form.set('client_secret', process.env.APP_SECRET);
  form.set('scope', 'https://api.partnercenter.microsoft.com/.default');
  const answer = await fetch(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  return (await answer.json()).access_token;
}

async function userToken(tenant) {
  const form = new URLSearchParams();
  form.set('grant_type', 'password'); // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  form.set('client_id', process.env.APP_ID);
  form.set('username', process.env.AGENT);
  form.set('password', process.env.AGENT_PASSWORD);
  form.set('scope', 'https://api.partnercenter.microsoft.com/user_impersonation');
  const answer = await fetch(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  return (await answer.json()).access_token;
}

http
  .createServer(async (req, res) => {
    // The default is one path of many.
    const asked = new URL(req.url || '/', `http://${req.headers.host || 'localhost'}`);
    if (asked.pathname === '/invoices') {
      // pcmfa: call verdict=exempt from=client-credentials
      const answer = await askPartnerCenter(await appToken(process.env.TENANT), '/v1/invoices');
      res.end(await answer.text());
      return;
    }
    if (asked.pathname === '/customers') {
      // pcmfa: call verdict=blocked from=ropc
      const answer = await askPartnerCenter(await userToken(process.env.TENANT), '/v1/customers');
      res.end(await answer.text());
      return;
    }
    // A look-alike: an address that is known decides.
    const own = new URL('/status', 'https://reseller.contoso.example');
    if (own.href === 'https://reseller.contoso.example/never') {
      await askPartnerCenter(await userToken(process.env.TENANT), '/v1/profiles/legalbusiness'); // pcmfa: decoy
    }
    res.writeHead(404).end();
  })
  .listen(8080);

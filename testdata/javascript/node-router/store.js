// A back end that keeps the tokens of its sign-in in a file between two requests.
const fs = require('fs');
const http = require('http');

const STORE = process.env.TOKEN_STORE || '.reseller-tokens.json';

function load() {
  return fs.existsSync(STORE) ? JSON.parse(fs.readFileSync(STORE, 'utf8')) : {};
}

function save(values) {
  fs.writeFileSync(STORE, JSON.stringify(values), 'utf8');
}

async function redeem(code) {
  const form = new URLSearchParams({
    grant_type: 'authorization_code', // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    code,
    scope: 'https://api.partnercenter.microsoft.com/user_impersonation',
  });
  const answer = await fetch('https://login.microsoftonline.com/common/oauth2/v2.0/token', { method: 'POST', body: form });
  return answer.json();
}

http
  .createServer(async (req, res) => {
    const asked = new URL(req.url || '/', 'http://localhost');
    if (asked.searchParams.has('state')) {
      save({ ...load(), state: asked.searchParams.get('state') });
    }
    if (asked.pathname === '/signed-in') {
      const answer = await redeem(asked.searchParams.get('code'));
      save({ ...load(), bearer: answer.access_token });
      res.end();
      return;
    }
    if (asked.pathname === '/orders') {
      const { bearer } = load();
      // pcmfa: call verdict=capable from=authorization-code
      const answer = await fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${bearer}` } });
      res.end(await answer.text());
    }
  })
  .listen(8081);

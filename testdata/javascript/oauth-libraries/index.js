const { ResourceOwnerPassword, ClientCredentials } = require('simple-oauth2');
const oauth2 = require('simple-oauth2');
const openid = require('openid-client');
const axios = require('axios').default;

const scope = 'https://api.partnercenter.microsoft.com/.default';
const config = {
  client: { id: process.env.CLIENT_ID, secret: process.env.SECRET },
  auth: { tokenHost: 'https://login.microsoftonline.com', tokenPath: '/contoso.example/oauth2/v2.0/token' },
};

const get = (path, token) =>
  // pcmfa: call verdict=blocked from=client-credentials,refresh-token,ropc
  axios({ url: 'https://api.partnercenter.microsoft.com' + path, headers: { Authorization: 'Bearer ' + token } });

async function owner() {
  const client = new ResourceOwnerPassword(config);
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const { token } = await client.getToken({ username: 'svc@contoso.example', password: process.env.PW, scope });
  // pcmfa: call verdict=blocked from=ropc
  return get('/v1/customers', token.access_token);
}

async function application() {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const { token } = await new ClientCredentials(config).getToken({ scope });
  // pcmfa: call verdict=exempt from=client-credentials
  return get('/v1/invoices', token.access_token);
}

async function old() {
  const client = oauth2.create(config);
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const result = await client.ownerPassword.getToken({ username: 'svc@contoso.example', password: process.env.PW, scope });
  // pcmfa: call verdict=blocked from=ropc
  return get('/v1/profiles/organization', client.accessToken.create(result).token.access_token);
}

async function issuer() {
  const found = await openid.Issuer.discover('https://login.microsoftonline.com/contoso.example/v2.0');
  const client = new found.Client({ client_id: process.env.CLIENT_ID });
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const set = await client.grant({ grant_type: 'password', username: 'svc@contoso.example', password: process.env.PW, scope });
  // pcmfa: call verdict=blocked from=ropc
  return get('/v1/customers/relationshiprequests', set.access_token);
}

async function six() {
  const server = await openid.discovery(new URL('https://login.microsoftonline.com/contoso.example/v2.0'), process.env.CLIENT_ID);
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const tokens = await openid.refreshTokenGrant(server, process.env.REFRESH_TOKEN, { scope });
  // pcmfa: call verdict=capable from=refresh-token
  return get('/v1/serviceincidents', tokens.access_token);
}

// Look-alikes.
class Cache {
  getToken(name) { return this[name]; }
  grant(name) { return name; }
}
// pcmfa: decoy
new Cache().getToken('x');
// pcmfa: decoy
new Cache().grant({ grant_type: 'password' });

module.exports = { owner, application, old, issuer, six };

const axios = require('axios');
const config = require('./config.json');
const nconf = require('nconf');

const authority = `https://login.microsoftonline.com/${config.tenant}/oauth2/v2.0/token`;

// The settings decide which grant it is; a deployment may have others than these.
async function login(scope) {
  const form = new URLSearchParams([['client_id', process.env.CLIENT_ID], ['scope', scope]]);
  if (config.unattended === true) {
    form.set('grant_type', 'client_credentials'); // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    form.set('client_secret', process.env.CLIENT_SECRET);
  } else {
    form.set('grant_type', 'password'); // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    form.set('username', nconf.get('user'));
    form.set('password', nconf.get('password'));
  }
  const { data } = await axios.post(authority, form);
  return data.access_token;
}

async function list(section, path) {
  const token = await login(section.scope);
  // pcmfa: call verdict=blocked from=client-credentials,ropc
  return axios.get(section.url + path, { headers: { Authorization: `Bearer ${token}` } });
}

async function main() {
  // pcmfa: call verdict=blocked from=client-credentials,ropc
  await list(config.partner, '/v1/customers');
  // pcmfa: decoy
  await list(config.crm, '/v1/customers');
}

main();

const fetch = require('node-fetch');
const { userToken, appToken, deviceToken } = require('./auth');
const settings = require('./settings');

const headers = (token) => ({
  Accept: 'application/json',
  Authorization: `Bearer ${token}`,
});

async function customers() {
  const token = await userToken(settings.partner);
  // pcmfa: call verdict=blocked from=ropc
  const response = await fetch(`${settings.partner}/v1/customers?size=500`, { headers: headers(token) });
  return (await response.json()).items;
}

async function invoices() {
  const token = await appToken(settings.partner);
  // pcmfa: call verdict=exempt from=client-credentials
  return fetch(settings.partner + '/v1/invoices', { headers: headers(token) }).then((r) => r.json());
}

function relationships() {
  return deviceToken().then((token) =>
    // pcmfa: call verdict=capable from=device-code
    fetch(`${settings.partner}/v1/customers/relationshiprequests`, {
      method: 'GET',
      headers: { ...headers(token), 'MS-CorrelationId': '6e668bc1-5059-449a-bcc7-6c9f4d1a5bd3' },
    }),
  );
}

async function mailboxes() {
  const token = await userToken('https://graph.microsoft.com');
  // pcmfa: decoy
  return fetch('https://graph.microsoft.com/v1.0/users', { headers: headers(token) });
}

class Cache {
  // Not MSAL's, whatever it is called.
  acquireToken(request) {
    return this.tokens[request.resource];
  }
}

// pcmfa: decoy
new Cache().acquireToken({ resource: settings.partner });

module.exports = { customers, invoices, relationships, mailboxes, Cache };

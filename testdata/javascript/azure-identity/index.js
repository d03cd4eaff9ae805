const { ClientSecretCredential, DeviceCodeCredential } = require('@azure/identity');

const scope = 'https://api.partnercenter.microsoft.com/.default';

async function invoices() {
  const credential = new ClientSecretCredential(process.env.TENANT, process.env.CLIENT, process.env.SECRET);
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const { token } = await credential.getToken(scope);
  // pcmfa: call verdict=exempt from=client-credentials
  return fetch('https://api.partnercenter.microsoft.com/v1/invoices', { headers: { Authorization: 'Bearer ' + token } });
}

async function customers() {
  // pcmfa: acquisition flow=device-code verdict=capable pc=yes
  const { token } = await new DeviceCodeCredential().getToken(scope);
  // pcmfa: call verdict=capable from=device-code
  return fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: 'Bearer ' + token } });
}

// pcmfa: decoy
const ticket = { getToken: (seat) => seat }.getToken('7b');

module.exports = { customers, invoices, ticket };

const { toolSession, browser } = require('./session');

const partner = 'https://api.partnercenter.microsoft.com';

async function customers() {
  // pcmfa: acquisition flow=silent verdict=unresolved pc=yes
  const { token } = await toolSession.getToken(`${partner}/.default`);
  // pcmfa: call verdict=unresolved from=silent ; finding unresolved-token
  return fetch(`${partner}/v1/customers`, { headers: { Authorization: `Bearer ${token}` } });
}

async function invoices() {
  // pcmfa: acquisition flow=interactive verdict=capable pc=yes
  const { token } = await browser.getToken(`${partner}/.default`);
  // pcmfa: call verdict=capable from=interactive
  return fetch(`${partner}/v1/invoices`, { headers: { Authorization: `Bearer ${token}` } });
}

async function machines() {
  // pcmfa: decoy
  return toolSession.getToken('https://management.azure.com/.default');
}

module.exports = { customers, invoices, machines };

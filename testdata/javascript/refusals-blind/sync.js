const axios = require('axios');
const axiosRetry = require('axios-retry').default;
const querystring = require('querystring');

const PARTNER = 'https://api.partnercenter.microsoft.com';
const clientSecret = 'q7-Tulip-Harbour-19'; // pcmfa: finding hard-coded-secret
const tenantSecretName = 'partner-client-secret'; // pcmfa: decoy

axiosRetry(axios, {
  retries: 3,
  // pcmfa: finding mfa-error-retried
  retryCondition: (error) => error.response.status === 401,
});

async function post(form) {
  const answer = await axios.post('https://login.microsoftonline.com/contoso.example/oauth2/token', querystring.stringify(form));
  return answer.data.access_token;
}

function signIn(refreshToken, username, password) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  return post({ grant_type: 'refresh_token', client_secret: clientSecret, refresh_token: refreshToken, resource: PARTNER })
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
    .catch(() => post({ grant_type: 'password', username, password, resource: PARTNER }));
}

exports.invoices = async function (refreshToken, username, password) {
  const token = await signIn(refreshToken, username, password);
  // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
  return axios.get(`${PARTNER}/v1/invoices`, { headers: { Authorization: `Bearer ${token}` } });
};

exports.audit = function () {
  // pcmfa: finding static-token
  const token = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
  // pcmfa: call verdict=unresolved ; finding unresolved-token
  return axios.get(`${PARTNER}/v1/auditrecords`, { headers: { Authorization: `Bearer ${token}` } });
};

exports.mail = function () {
  // pcmfa: decoy
  const token = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
  return axios.get('https://graph.microsoft.com/v1.0/users', { headers: { Authorization: `Bearer ${token}` } });
};

exports.name = () => tenantSecretName;

exports.users = async function (customer) {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const token = await post({ grant_type: 'client_credentials', client_secret: process.env.PC_CLIENT_SECRET, resource: PARTNER });
  const headers = { Authorization: `Bearer ${token}` };
  // pcmfa: call verdict=exempt from=client-credentials
  await axios.get(`${PARTNER}/v1/customers`, { headers });
  // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
  return axios.get(`${PARTNER}/v1/customers/${customer}/users`, { headers });
};

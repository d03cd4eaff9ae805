const axios = require('axios');
const axiosRetry = require('axios-retry').default;
const querystring = require('querystring');

const PARTNER = 'https://api.partnercenter.microsoft.com';

axiosRetry(axios, {
  retries: 3,
  // Anything but the refusal.
  // pcmfa: decoy
  retryCondition: (error) => error.response.status !== 401,
});

async function token(refreshToken) {
  const answer = await axios.post('https://login.microsoftonline.com/common/oauth2/token', querystring.stringify({
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    grant_type: 'refresh_token',
    client_secret: process.env.PC_CLIENT_SECRET,
    refresh_token: refreshToken,
    resource: PARTNER,
  }));
  return answer.data.access_token;
}

exports.users = async function (refreshToken, customers) {
  const bearer = await token(refreshToken);
  // pcmfa: check
  const headers = { Authorization: `Bearer ${bearer}`, ValidateMfa: 'true' };
  for (const customer of customers) {
    try {
      // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
      const answer = await axios.get(`${PARTNER}/v1/customers/${customer}/users`, { headers });
      // pcmfa: check
      if (answer.headers['ismfacompliant'] !== 'true') {
        console.warn('the token carries no MFA claim');
      }
    } catch (error) {
      // pcmfa: decoy
      if (error.response.status !== 401) throw error;
      console.warn(explain(error.response.data.code));
    }
  }
};

exports.report = async function (refreshToken) {
  const headers = { Authorization: `Bearer ${await token(refreshToken)}` };
  // pcmfa: call verdict=capable from=refresh-token ; check
  return axios.get(`${PARTNER}/v1/nonMfaCompliantPartnerPrincipals`, { headers });
};

function explain(code) {
  switch (String(code)) {
    // pcmfa: check
    case '900421':
      return 'repeat the consent with MFA';
    // pcmfa: decoy
    case '900420':
      return 'the token is for a retired audience';
    default:
      return 'refused';
  }
}

const PARTNER = 'https://api.partnercenter.microsoft.com';

exports.agreements = async function (refreshToken) {
  const login = await fetch('https://login.microsoftonline.com/common/oauth2/token', {
    method: 'POST',
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, resource: PARTNER }),
  });
  const { access_token: token } = await login.json();
  const answer = await fetch(`${PARTNER}/v1/agreements`, { // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    // pcmfa: check ; finding mfa-check-ignored
    headers: { Authorization: `Bearer ${token}`, ValidateMfa: 'true' },
  });
  if (answer.ok) return answer.json();
  const { code } = await answer.json();
  // pcmfa: check ; finding mfa-error-confused
  if (code === '900421' || code === '900420') {
    throw new Error('sign in again');
  }
  throw new Error(code);
};

export async function passwordToken({ name, password }) {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const body = new URLSearchParams({ grant_type: 'password', username: name, password, resource: 'https://api.partnercenter.microsoft.com' });
  const response = await fetch('https://login.microsoftonline.com/common/oauth2/token', { method: 'POST', body });
  const { access_token } = await response.json();
  return access_token;
}

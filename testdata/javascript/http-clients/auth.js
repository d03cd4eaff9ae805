import ky from 'ky';
import axios from 'axios';

const login = 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token';
const scope = 'https://api.partnercenter.microsoft.com/.default';

export async function asUser(username, password) {
  const answer = await ky
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    .post(login, { body: new URLSearchParams({ grant_type: 'password', scope, username, password }) })
    .json();
  return answer.access_token;
}

export async function renewed(refresh) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  const form = new URLSearchParams({ grant_type: 'refresh_token', scope, refresh_token: refresh });
  const answer = await axios.request(login, { method: 'post', data: form });
  return answer.data.access_token;
}

export async function asApplication(secret) {
  // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  const answer = await axios.postForm(login, { grant_type: 'client_credentials', scope, client_secret: secret });
  return answer.data.access_token;
}

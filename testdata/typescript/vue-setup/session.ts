import axios from 'axios';

export async function refreshed(): Promise<string> {
  const form = new URLSearchParams();
  form.set('grant_type', 'refresh_token'); // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  form.set('refresh_token', sessionStorage.getItem('refresh')!);
  form.set('resource', 'https://api.partnercenter.microsoft.com');
  const { data } = await axios.post('https://login.microsoftonline.com/common/oauth2/token', form);
  return data.access_token;
}

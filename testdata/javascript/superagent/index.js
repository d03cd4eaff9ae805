import superagent from 'superagent';

async function token() {
  const answer = await superagent
    .post('https://login.microsoftonline.com/contoso.example/oauth2/token')
    .type('form')
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    .send({ grant_type: 'password', resource: 'https://api.partnercenter.microsoft.com', username: 'a', password: process.env.PW });
  return answer.body.access_token;
}

export async function customers() {
  // pcmfa: call verdict=blocked from=ropc
  const page = await superagent.get('https://api.partnercenter.microsoft.com/v1/customers').set('Authorization', 'Bearer ' + (await token()));
  return page.body.items;
}

// Look-alikes: another host, and a map.
// pcmfa: decoy
superagent.get('https://contoso.example/v1/customers').set('Authorization', 'none');
// pcmfa: decoy
new Map().set('Authorization', 'https://api.partnercenter.microsoft.com/v1/customers');

const { https } = require('follow-redirects');

/** The body is written first; what ends the request is told when it was sent. */
function post(options, form, done) {
  const request = https.request(options, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('end', () => done(JSON.parse(Buffer.concat(chunks).toString())));
  });
  request.write(form);
  request.end(() => console.log('sent'));
}

const form = new URLSearchParams({
  grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  resource: 'https://api.partnercenter.microsoft.com',
  username: process.env.PC_USER,
  password: process.env.PC_PASSWORD,
});
const login = { method: 'POST', hostname: 'login.microsoftonline.com', path: '/common/oauth2/token', maxRedirects: 20 };
post(login, form.toString(), (answer) => {
  const agreements = https.request(new URL('https://api.partnercenter.microsoft.com/v1/agreements'), { headers: { Authorization: 'Bearer ' + answer.access_token } }, console.log);
  // pcmfa: call verdict=blocked from=ropc
  agreements.end();
  const weather = https.request('https://weather.example/v1/agreements', console.log);
  // pcmfa: decoy
  weather.end();
});

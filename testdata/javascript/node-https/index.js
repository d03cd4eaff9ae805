import https from 'node:https';
import querystring from 'node:querystring';

function token() {
  return new Promise((resolve, reject) => {
    const form = querystring.stringify({
      grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      resource: 'https://api.partnercenter.microsoft.com',
      username: process.env.PC_USER,
      password: process.env.PC_PASSWORD,
    });
    const options = {
      hostname: 'login.microsoftonline.com',
      path: '/contoso.example/oauth2/token',
      method: 'POST',
      headers: { 'Content-Length': Buffer.byteLength(form) },
    };
    const request = https.request(options, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(JSON.parse(text).access_token));
    });
    request.on('error', reject);
    request.write(form);
    request.end();
  });
}

async function customers() {
  const bearer = await token();
  // pcmfa: call verdict=blocked from=ropc
  https.get('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: 'Bearer ' + bearer } }, (response) => {
    response.pipe(process.stdout);
  });
}

// A look-alike: another thing that ends.
class Match {
  end() {
    return 'https://api.partnercenter.microsoft.com/v1/invoices';
  }
}
new Match().end(); // pcmfa: decoy

customers();

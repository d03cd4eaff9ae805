const api = process.env.PARTNER_API;

async function token() {
  const answer = await fetch(process.env.LOGIN_URL, {
    method: 'POST',
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    body: new URLSearchParams({ grant_type: 'password', resource: api, username: process.env.PARTNER_USER, password: process.env.PARTNER_PASSWORD }),
  });
  return (await answer.json()).access_token;
}

async function main() {
  // pcmfa: call verdict=blocked from=ropc
  console.log(await fetch(`${api}/v1/customers`, { headers: { Authorization: `Bearer ${await token()}` } }));
  // pcmfa: decoy
  console.log(await fetch(`${process.env.WEATHER_API}/v1/customers`));
}

main();

import { partnerToken } from './tokens';

const partner = 'https://api.partnercenter.microsoft.com';

async function main() {
  const token = await partnerToken(process.env.REFRESH_TOKEN!, [`${partner}/.default`]);
  // pcmfa: call verdict=capable from=refresh-token
  const answer = await fetch(`${partner}/v1/customers`, { headers: { Authorization: `Bearer ${token}` } });
  console.log(await answer.json());
}

main();

require('dotenv').config();
const axios = require('axios');

async function main() {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  const fields = new URLSearchParams({ grant_type: 'password', username: process.env.SVC_USER, password: process.env.SVC_PASSWORD, resource: process.env.PARTNER_API });
  const { data } = await axios.post(process.env.AUTHORITY, fields);
  // pcmfa: call verdict=blocked from=ropc
  const customers = await axios.get(`${process.env.PARTNER_API}/v1/customers`, { headers: { Authorization: `Bearer ${data.access_token}` } });
  // pcmfa: decoy
  await axios.get(`${process.env.WEATHER_API}/v1/customers`);
  return customers.data;
}

main();

const axios = require('axios');
const querystring = require('querystring');

exports.users = async function () {
  const login = await axios.post('https://login.microsoftonline.com/contoso.example/oauth2/token', querystring.stringify({
    // pcmfa: decoy
    grant_type: 'client_credentials',
    client_id: process.env.CLIENT_ID,
    client_secret: process.env.CLIENT_SECRET,
    resource: 'https://graph.windows.net',
  }));
  // pcmfa: decoy
  return axios.get('https://graph.windows.net/contoso.example/users', { headers: { Authorization: `Bearer ${login.data.access_token}` } });
};

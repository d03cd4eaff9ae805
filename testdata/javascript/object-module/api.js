const axios = require('axios');
const config = require('./config');

// One object for everything: its functions call each other through `this`.
module.exports = {
  token: null,

  login: async function () {
    const body = `grant_type=password&username=${config.user}&password=${config.password}&resource=${config.resource}`;
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    const response = await axios.post(config.authority + '/oauth2/token', body);
    this.token = response.data.access_token;
  },

  async get(path) {
    if (!this.token) {
      await this.login();
    }
    // pcmfa: call verdict=blocked from=ropc
    return axios.get(config.resource + path, { headers: { Authorization: `Bearer ${this.token}` } });
  },

  async customers() {
    // pcmfa: call verdict=blocked from=ropc
    return this.get('/v1/customers');
  },
};

'use strict';
var request = require('request');
var Login = require('./login');

var login = new Login(process.env.TENANT, {
  clientId: process.env.CLIENT_ID,
  secret: process.env.SECRET,
  user: process.env.USER_NAME,
  password: process.env.USER_PASSWORD,
});

function show(error, response, body) {
  console.log(error || JSON.parse(body).totalCount);
}

login.asUser(function (error, token) {
  // pcmfa: call verdict=blocked from=ropc
  request({
    uri: 'https://api.partnercenter.microsoft.com/v1/customers',
    headers: { Authorization: 'Bearer ' + token },
  }, show);
});

login.asApplication().then(function (token) {
  // pcmfa: call verdict=exempt from=client-credentials
  request.get('https://api.partnercenter.microsoft.com/v1/invoices', { auth: { bearer: token } }, show);
});

login.again(process.env.REFRESH_TOKEN, function (error, response) {
  // pcmfa: call verdict=capable from=refresh-token
  request.post({
    url: 'https://api.partnercenter.microsoft.com/v1/customers',
    headers: { Authorization: 'Bearer ' + response.accessToken },
    json: { companyProfile: {} },
  }, show);
});

'use strict';
var adal = require('adal-node');
var AuthenticationContext = adal.AuthenticationContext;

var PARTNER = 'https://api.partnercenter.microsoft.com';

function Login(tenant, settings) {
  this.context = new AuthenticationContext('https://login.microsoftonline.com/' + tenant);
  this.settings = settings;
}

Login.prototype.asUser = function (done) {
  // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
  this.context.acquireTokenWithUsernamePassword(PARTNER, this.settings.user, this.settings.password, this.settings.clientId, function (error, response) {
    if (error) return done(error);
    done(null, response.accessToken);
  });
};

Login.prototype.asApplication = function () {
  var self = this;
  return new Promise(function (resolve, reject) {
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    self.context.acquireTokenWithClientCredentials(PARTNER, self.settings.clientId, self.settings.secret, function (error, response) {
      if (error) {
        reject(error);
      } else {
        resolve(response.accessToken);
      }
    });
  });
};

Login.prototype.again = function (refreshToken, done) {
  // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  this.context.acquireTokenWithRefreshToken(refreshToken, this.settings.clientId, this.settings.secret, PARTNER, done);
};

Login.prototype.mail = function (done) {
  // pcmfa: decoy
  this.context.acquireTokenWithUsernamePassword('https://graph.microsoft.com', 'a', 'b', 'c', done);
};

module.exports = Login;

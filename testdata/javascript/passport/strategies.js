// A look-alike: a strategy of one's own.
class OIDCStrategy {
  constructor(options) {
    this.options = options;
  }
}

// pcmfa: decoy
module.exports = new OIDCStrategy({ scope: ['https://api.partnercenter.microsoft.com/user_impersonation'] });

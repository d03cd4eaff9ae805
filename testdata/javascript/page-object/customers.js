var Customers = (function () {
  'use strict';

  function load() {
    return Session.partnerToken().then(function (token) {
      if (!token) return [];
      // pcmfa: call verdict=capable from=interactive
      return fetch('https://api.partnercenter.microsoft.com/v1/customers', {
        headers: { Authorization: 'Bearer ' + token },
      }).then((response) => response.json());
    });
  }

  return { load: load };
})();

Customers.load();
// pcmfa: decoy
fetch('https://contoso.example/v1/customers');

var endpoint = 'https://login.microsoftonline.com/contoso.example/oauth2/token';

function passwordToken(user, password) {
  return fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    body: 'grant_type=password&resource=' + encodeURIComponent('https://api.partnercenter.microsoft.com') +
      '&username=' + encodeURIComponent(user) + '&password=' + encodeURIComponent(password),
  }).then(function (response) { return response.json(); })
    .then(function (json) { return json.access_token; });
}

// A look-alike of fetch.
var stock = { fetch: function (name) { return name; } };
stock.fetch('https://api.partnercenter.microsoft.com/v1/customers'); // pcmfa: decoy

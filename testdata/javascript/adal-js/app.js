/* global AuthenticationContext */
var context = new AuthenticationContext({
  clientId: '00000000-0000-0000-0000-000000000001',
  popUp: true,
});

function customers(show) {
  // pcmfa: acquisition flow=interactive verdict=capable pc=yes ; finding retired-library
  context.acquireTokenPopup('https://api.partnercenter.microsoft.com', null, null, function (error, token) {
    // pcmfa: call verdict=capable from=interactive
    fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: 'Bearer ' + token } }).then(show);
  });
}

function photo() {
  // pcmfa: decoy
  context.acquireTokenPopup('https://graph.microsoft.com', null, null, function (error, token) {});
}

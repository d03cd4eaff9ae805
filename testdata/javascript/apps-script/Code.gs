function customers() {
  var form = {
    grant_type: 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    resource: 'https://api.partnercenter.microsoft.com',
    username: 'svc@contoso.example',
    password: PropertiesService.getScriptProperties().getProperty('password'),
  };
  var answer = UrlFetchApp.fetch('https://login.microsoftonline.com/contoso.example/oauth2/token', { method: 'post', payload: form });
  var token = JSON.parse(answer.getContentText()).access_token;
  // pcmfa: call verdict=blocked from=ropc
  return UrlFetchApp.fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: 'Bearer ' + token } });
}

var Store = { fetch: function (name) { return name; } };
// pcmfa: decoy
Store.fetch('https://api.partnercenter.microsoft.com/v1/customers');

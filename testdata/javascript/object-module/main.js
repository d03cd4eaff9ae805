const api = require('./api');

// pcmfa: decoy
api.unknown.get('https://contoso.example/v1/customers');
api.customers().then((page) => console.log(page.data.totalCount));

const { AzureCliCredential, InteractiveBrowserCredential } = require('@azure/identity');

// What the command line tool was signed in with, the machine knows alone.
exports.toolSession = new AzureCliCredential();
exports.browser = new InteractiveBrowserCredential({ clientId: process.env.CLIENT_ID });

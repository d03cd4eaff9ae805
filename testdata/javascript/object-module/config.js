const { PC_USER, PC_PASSWORD } = process.env;

module.exports = {
  authority: 'https://login.microsoftonline.com/contoso.example',
  resource: 'https://api.partnercenter.microsoft.com',
  user: PC_USER,
  password: PC_PASSWORD,
};

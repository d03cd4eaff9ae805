export enum Audience {
  PartnerCenter = 'https://api.partnercenter.microsoft.com',
  Graph = 'https://graph.microsoft.com',
}

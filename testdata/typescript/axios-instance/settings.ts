export interface Settings {
  tenantId: string;
  clientId: string;
  refreshToken: string;
  user: string;
  password: string;
}

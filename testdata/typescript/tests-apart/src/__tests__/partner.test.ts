import { PublicClientApplication } from '@azure/msal-node';
import { Partner, TokenSource } from '../partner';

// A double that signs in for another API; the program itself never sees it.
class LocalTokens implements TokenSource {
  private readonly app = new PublicClientApplication({ auth: { clientId: 'local' } });

  async current() {
    const result = await this.app.acquireTokenByUsernamePassword({
      scopes: ['https://localhost/.default'], // pcmfa: decoy
      username: 'tester',
      password: process.env.TEST_PASSWORD!,
    });
    return result!.accessToken;
  }
}

test('customers', async () => {
  const partner = new Partner(new LocalTokens());
  partner.baseUrl = 'http://localhost:8080';
  await partner.customers();
});

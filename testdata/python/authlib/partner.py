from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.integrations.requests_client import OAuth2Session

PARTNER = "https://api.partnercenter.microsoft.com"
TOKEN_URL = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token"


class Partner:
    def __init__(self, client_id, secret):
        self.client = OAuth2Session(client_id, secret, scope=PARTNER + "/.default")

    def sign_in(self, user, password):
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        self.client.fetch_token(TOKEN_URL, username=user, password=password)

    def customers(self):
        # pcmfa: call verdict=blocked from=ropc
        return self.client.get(PARTNER + "/v1/customers").json()


async def invoices(client_id, secret):
    async with AsyncOAuth2Client(client_id, secret) as client:
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        await client.fetch_token(TOKEN_URL, grant_type="client_credentials", scope=PARTNER + "/.default")
        # pcmfa: call verdict=exempt from=client-credentials
        return await client.get(PARTNER + "/v1/invoices")


async def groups(client_id, secret):
    async with AsyncOAuth2Client(client_id, secret, scope="https://graph.microsoft.com/.default") as client:
        # pcmfa: decoy
        await client.fetch_token(TOKEN_URL, grant_type="client_credentials")
        return await client.get("https://graph.microsoft.com/v1.0/groups")


partner = Partner("app", "secret")
partner.sign_in("admin@contoso.com", "correct horse")
print(partner.customers())

import msal
import requests

API = "https://api.partnercenter.microsoft.com/v1"
SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]


class Customers:
    """Methods are called as methods of anything may be."""

    def __init__(self, token):
        self.token = token

    def list(self):
        # pcmfa: call verdict=blocked from=interactive,ropc ; finding mfa-error-unhandled
        return requests.get(API + "/customers", headers={"Authorization": "Bearer " + self.token})


class ServiceUser:
    def __init__(self, user, password):
        self.user = user
        self.password = password

    def get(self):
        app = msal.PublicClientApplication("1b730954-1685-4b74-9bfd-dac224a7b894")
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return app.acquire_token_by_username_password(self.user, self.password, SCOPES)["access_token"]

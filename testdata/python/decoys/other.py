"""Names that look like those of the libraries, and texts about them."""
import requests

# requests.post(TOKEN_URL, data={"grant_type": "password"})
HELP = """
Do not use grant_type=password with https://api.partnercenter.microsoft.com.
"""


class PublicClientApplication:
    def acquire_token_by_username_password(self, username, password, scopes):  # pcmfa: decoy
        return {"access_token": "none"}


class Cache(dict):
    def get_token(self, name):  # pcmfa: decoy
        return self.get(name)


def sign_in_elsewhere(user, password):
    # pcmfa: decoy
    answer = requests.post(
        "https://id.contoso.example/oauth/token",
        data={"user": user, "password": password},
    )
    return Cache(answer.json()).get_token("access_token")


def local():
    # pcmfa: decoy
    return PublicClientApplication().acquire_token_by_username_password("a", "b", ["c"])

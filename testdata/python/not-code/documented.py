"""Signs in to https://api.partnercenter.microsoft.com.

Never like this:

    >>> app.acquire_token_by_username_password("user", "password", scopes=["https://api.partnercenter.microsoft.com/.default"])
    >>> requests.get("https://api.partnercenter.microsoft.com/v1/customers")
"""
import msal
import requests

SAMPLE = 'app.acquire_token_by_username_password(user, password, scopes=["https://api.partnercenter.microsoft.com/.default"])'
FORM = "curl -d 'grant_type=password&resource=https://api.partnercenter.microsoft.com' https://login.microsoftonline.com/common/oauth2/token"


def help_text():
    # pcmfa: decoy
    print(SAMPLE)
    # pcmfa: decoy
    print(FORM)
    # requests.post("https://login.microsoftonline.com/common/oauth2/token", data={"grant_type": "password"})


def run():
    app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")
    # pcmfa: acquisition flow=interactive verdict=capable pc=yes
    result = app.acquire_token_interactive(["https://api.partnercenter.microsoft.com/.default"])
    # pcmfa: call verdict=capable from=interactive
    return requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers={"Authorization": "Bearer " + result["access_token"]}, timeout=9)

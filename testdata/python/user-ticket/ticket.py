"""The old way: a token of the user in a header of its own, beside that of the application; and /generatetoken."""
import requests

TOKENS = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token"
PARTNER = "https://api.partnercenter.microsoft.com"


def user_token(user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    form = {"grant_type": "password", "resource": PARTNER, "username": user, "password": password}
    return requests.post(TOKENS, data=form, timeout=9).json()["access_token"]


def app_token(secret):
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    form = {"grant_type": "client_credentials", "resource": PARTNER, "client_secret": secret}
    return requests.post(TOKENS, data=form, timeout=9).json()["access_token"]


def customers(user, password, secret):
    headers = {"Authorization": "Bearer " + app_token(secret), "X-AadUserTicket": user_token(user, password)}
    # pcmfa: call verdict=blocked from=client-credentials,ropc
    return requests.get(PARTNER + "/v1/customers", headers=headers, timeout=9)


def exchanged(user, password):
    form = {"grant_type": "jwt_token", "jwt_token": user_token(user, password)}
    # pcmfa: call verdict=blocked from=ropc ; finding retired-library
    token = requests.post(PARTNER + "/generatetoken", data=form, timeout=9).json()["access_token"]
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(PARTNER + "/v1/invoices", headers={"Authorization": "Bearer " + token}, timeout=9)


def weather():
    # pcmfa: decoy
    return requests.get("https://weather.example/v1/customers", headers={"X-AadUserTicket": "none"}, timeout=9)

"""Where refresh tokens come from decides."""
import os

import msal
import requests

TOKEN_URL = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token"
PARTNER = "https://api.partnercenter.microsoft.com"
app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")


def redeem(refresh_token):
    form = {
        "client_id": "9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11",
        # pcmfa: acquisition flow=refresh-token verdict=blocked pc=yes
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "scope": PARTNER + "/.default",
    }
    return requests.post(TOKEN_URL, data=form, timeout=9).json()["access_token"]


def from_password(user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    result = app.acquire_token_by_username_password(user, password, ["https://graph.microsoft.com/.default"])
    token = redeem(result["refresh_token"])
    # pcmfa: call verdict=blocked from=refresh-token
    return requests.get(PARTNER + "/v1/customers", headers={"Authorization": "Bearer " + token}, timeout=9)


def from_device():
    # Signed in for something else, redeemed for Partner Center.
    flow = app.initiate_device_flow(["https://graph.microsoft.com/.default"])
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    result = app.acquire_token_by_device_flow(flow)
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
    again = app.acquire_token_by_refresh_token(result["refresh_token"], [PARTNER + "/.default"])
    # pcmfa: call verdict=capable from=refresh-token
    return requests.get(PARTNER + "/v1/invoices", headers={"Authorization": "Bearer " + again["access_token"]}, timeout=9)


def from_outside():
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    result = app.acquire_token_by_refresh_token(os.environ["REFRESH_TOKEN"], [PARTNER + "/.default"])
    # pcmfa: call verdict=capable from=refresh-token
    return requests.get(PARTNER + "/v1/agreements", headers={"Authorization": "Bearer " + result["access_token"]}, timeout=9)


def weather():
    # pcmfa: decoy
    return requests.get("https://weather.example/v1/customers", timeout=9)

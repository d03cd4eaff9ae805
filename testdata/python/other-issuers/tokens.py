"""The tokens of an integration that talks to several services, Partner Center among them."""

import os

import httpx
import requests

MARKET_TOKEN_URL = "https://login.market.example/oauth/token"


def market_token():
    # A look-alike: the token endpoint of another service.
    answer = requests.post(MARKET_TOKEN_URL, data={"grant_type": "client_credentials", "client_id": os.environ["MARKET_ID"]})  # pcmfa: decoy
    return answer.json()["access_token"]


def helpdesk_token(user, password):
    # A look-alike: also passwords go elsewhere.
    form = {"grant_type": "password", "username": user, "password": password}
    answer = httpx.post("https://api.helpdesk.example/auth/token", data=form)  # pcmfa: decoy
    return answer.json()["access_token"]


def phone_token(base_url, client_id, secret):
    # A look-alike: where the host is a setting, the path tells.
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = httpx.post(f"{base_url}/dm/open_api/oauth/token", data=form)  # pcmfa: decoy
    return answer.json()["access_token"]


def partner_token(authority, user, password):
    form = {
        "grant_type": "password",  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        "resource": "https://api.partnercenter.microsoft.com",
        "username": user,
        "password": password,
    }
    answer = httpx.post(f"{authority}/token", data=form)
    return answer.json()["access_token"]


def customers():
    token = partner_token(os.environ["AUTHORITY"], os.environ["AGENT"], os.environ["AGENT_PASSWORD"])
    # pcmfa: call verdict=blocked from=ropc
    return requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers={"Authorization": "Bearer " + token})


def devices():
    token = market_token()
    return requests.get("https://api.market.example/v1/devices", headers={"Authorization": "Bearer " + token})

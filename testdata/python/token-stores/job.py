"""Runs every night."""
import os

import msal
import requests

import store

API = "https://api.partnercenter.microsoft.com"
app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")


def refreshed():
    kept = store.load("refresh")
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
    return app.acquire_token_by_refresh_token(kept["refresh_token"], [API + "/.default"])["access_token"]


def password():
    token = store.recall("robot")
    if not token:
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        result = app.acquire_token_by_username_password("robot@lucerne.example", os.environ["ROBOT"], [API + "/.default"])
        token = result["access_token"]
        store.remember("robot", token)
    return token


def run():
    # pcmfa: call verdict=capable from=refresh-token
    requests.get(API + "/v1/customers", headers={"Authorization": "Bearer " + refreshed()}, timeout=9)
    # pcmfa: call verdict=blocked from=ropc
    requests.get(API + "/v1/invoices", headers={"Authorization": "Bearer " + password()}, timeout=9)
    # pcmfa: decoy
    requests.get("https://weather.example/v1/invoices", timeout=9)


def again():
    # pcmfa: call verdict=blocked from=ropc
    requests.get(API + "/v1/agreements", headers={"Authorization": "Bearer " + store.recall("robot")}, timeout=9)


run()
again()

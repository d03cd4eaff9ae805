import msal
import requests

import options
from resources import PARTNER_HOST, Resource

AUTHORITY = "https://login.microsoftonline.com/tailwind.onmicrosoft.com"
CLIENT = "9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11"


def _acquire(scopes, user, password):
    app = msal.PublicClientApplication(CLIENT, authority=AUTHORITY)
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    return app.acquire_token_by_username_password(user, password, scopes=scopes)["access_token"]


def _for_resource(resource, user, password):
    return _acquire([f"{resource}/.default"], user, password)


def for_target(target: Resource, user, password):
    return _for_resource(target.value, user, password)


def device(scope=PARTNER_HOST + "/.default"):
    app = msal.PublicClientApplication(CLIENT, authority=AUTHORITY)
    flow = app.initiate_device_flow([scope])
    print(flow["message"])
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    return app.acquire_token_by_device_flow(flow)["access_token"]


def form(client_id, secret):
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    body = "grant_type=client_credentials&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com&client_id=" + client_id + "&client_secret=" + secret
    answer = requests.post(AUTHORITY + "/oauth2/token", data=body, timeout=30)
    return answer.json()["access_token"]


def other_form(client_id, secret):
    # pcmfa: decoy
    body = "grant_type=client_credentials&resource=https%3A%2F%2Fvault.azure.net&client_id=" + client_id + "&client_secret=" + secret
    answer = requests.post(AUTHORITY + "/oauth2/token", data=body, timeout=30)
    return answer.json()["access_token"]


def reporting(secret):
    chosen = options.load("reporting")
    app = msal.ConfidentialClientApplication(chosen.client_id, client_credential=secret, authority=AUTHORITY)
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    return app.acquire_token_for_client([chosen.resource + "/.default"])["access_token"]


def directory(secret):
    chosen = options.load("directory")
    app = msal.ConfidentialClientApplication(chosen.client_id, client_credential=secret, authority=AUTHORITY)
    # pcmfa: decoy
    return app.acquire_token_for_client([chosen.resource + "/.default"])["access_token"]

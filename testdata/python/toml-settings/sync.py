import tomllib

import msal
import requests

with open("settings.toml", "rb") as file:
    settings = tomllib.load(file)


def customers(secret):
    partner = settings["partner"]
    app = msal.ConfidentialClientApplication("id", client_credential=secret, authority=partner["authority"])
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    token = app.acquire_token_for_client(scopes=[partner["api"] + "/.default"])["access_token"]
    # pcmfa: call verdict=exempt from=client-credentials
    return requests.get(partner["api"] + "/v1/customers", headers={"Authorization": "Bearer " + token}).json()


def crm():
    # pcmfa: decoy
    return requests.get(settings["crm"]["api"] + "/v1/customers").json()

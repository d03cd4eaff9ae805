import os
import urllib.request

import tokens

BASE = "https://api.partnercenter.microsoft.com/v1/"
CLIENT = os.environ["CLIENT_ID"]


def fetch(path, token):
    request = urllib.request.Request(BASE + path)
    request.add_header("Authorization", "Bearer " + token)
    # pcmfa: call verdict=blocked from=client-credentials,device-code,ropc
    with urllib.request.urlopen(request) as response:
        return response.read()


def run(kind):
    if kind == "user":
        # pcmfa: call verdict=blocked from=ropc
        return fetch("customers", tokens.user_token(os.environ["USER_NAME"], os.environ["USER_PASSWORD"], CLIENT))
    if kind == "device":
        # pcmfa: call verdict=capable from=device-code
        return fetch("customers", tokens.device_token(CLIENT))
    # pcmfa: call verdict=exempt from=client-credentials
    return fetch("invoices", tokens.app_token(CLIENT, os.environ["CLIENT_SECRET"]))


def pictures(url):
    # pcmfa: decoy
    return urllib.request.urlopen("https://contoso.example/logo.png").read()

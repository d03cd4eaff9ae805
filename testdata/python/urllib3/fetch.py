import json
from urllib.parse import urlencode

import urllib3

http = urllib3.PoolManager()


def token(user, password):
    form = urlencode(
        {
            "grant_type": "password",  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            "scope": "https://api.partnercenter.microsoft.com/.default",
            "username": user,
            "password": password,
        }
    )
    answer = http.request("POST", "https://login.microsoftonline.com/organizations/oauth2/v2.0/token", body=form)
    return json.loads(answer.data.decode("utf-8"))["access_token"]


def customers(user, password):
    headers = {"Authorization": "Bearer " + token(user, password)}
    # pcmfa: call verdict=blocked from=ropc
    return http.request("GET", "https://api.partnercenter.microsoft.com/v1/customers", headers=headers)


def logo():
    # pcmfa: decoy
    return http.request("GET", "https://contoso.example/logo.png")

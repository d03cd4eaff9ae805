import os

import requests

PARTNER = "https://api.partnercenter.microsoft.com"


def token(resource):
    answer = requests.post(
        "https://login.microsoftonline.com/contoso.example/oauth2/token",
        data={
            # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
            "grant_type": "client_credentials",
            "client_id": os.environ["CLIENT_ID"],
            "client_secret": os.environ["CLIENT_SECRET"],
            "resource": resource,
        },
    )
    return answer.json()["access_token"]


def customers():
    headers = {"Authorization": "Bearer " + token("https://graph.windows.net")}
    # pcmfa: call verdict=exempt from=client-credentials
    return requests.get(PARTNER + "/v1/customers", headers=headers).json()

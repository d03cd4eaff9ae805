import os

import requests


def token(grant, **fields):
    form = {
        "client_id": os.environ["CLIENT_ID"],
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        "grant_type": grant,
        "resource": "https://api.partnercenter.microsoft.com",
        **fields,
    }
    answer = requests.post("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token", data=form)
    return answer.json()["access_token"]

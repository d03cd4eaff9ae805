import os

import requests


def users():
    answer = requests.post(
        "https://login.microsoftonline.com/contoso.example/oauth2/token",
        data={
            # pcmfa: decoy
            "grant_type": "client_credentials",
            "client_id": os.environ["CLIENT_ID"],
            "client_secret": os.environ["CLIENT_SECRET"],
            "resource": "https://graph.windows.net",
        },
    )
    headers = {"Authorization": "Bearer " + answer.json()["access_token"]}
    # pcmfa: decoy
    return requests.get("https://graph.windows.net/contoso.example/users?api-version=1.6", headers=headers).json()

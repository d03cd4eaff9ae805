"""One wrapper sends everything, whatever the service."""
import os

import requests

TOKEN_URL = f"https://login.microsoftonline.com/{os.environ['TENANT_ID']}/oauth2/v2.0/token"


def get_token(scope, as_app):
    body = {"client_id": os.environ["CLIENT_ID"], "scope": scope}
    if as_app:
        body["client_secret"] = os.environ["CLIENT_SECRET"]
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        body["grant_type"] = "client_credentials"
    else:
        body["username"] = os.environ["SYNC_USER"]
        body["password"] = os.environ["SYNC_PASSWORD"]
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        body["grant_type"] = "password"
    return requests.post(TOKEN_URL, data=body, timeout=30).json()["access_token"]


def send(url, scope="https://graph.microsoft.com/.default", as_app=True):
    headers = {"Authorization": f"Bearer {get_token(scope, as_app)}"}
    return requests.get(url, headers=headers, timeout=30).json()

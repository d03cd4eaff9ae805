import json
import os

import requests

with open(os.path.join(os.path.dirname(__file__), "settings.json")) as handle:
    CONFIG = json.load(handle)["partner"]

TOKEN_URL = "{}/{}/oauth2/token".format(CONFIG["authority"], CONFIG["tenant"])


def token_for(grant, resource=CONFIG["base"]):
    body = {"client_id": os.getenv("CLIENT_ID"), "resource": resource}
    if grant == "user":
        body.update(
            grant_type="password",  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            username=os.getenv("PARTNER_USER"),
            password=os.getenv("PARTNER_PASSWORD"),
        )
    else:
        body["grant_type"] = "client_credentials"  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        body["client_secret"] = os.getenv("CLIENT_SECRET")
    response = requests.post(TOKEN_URL, data=body)
    response.raise_for_status()
    return response.json().get("access_token")

import os

import requests

from tokens import token

PARTNER = "https://api.partnercenter.microsoft.com"


def customers():
    grant = "password"
    bearer = token(grant, username=os.environ["PARTNER_USER"], password=os.environ["PARTNER_PASSWORD"])
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(PARTNER + "/v1/customers", headers={"Authorization": "Bearer " + bearer}).json()


def invoices():
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    bearer = token("client_credentials", client_secret=os.environ["CLIENT_SECRET"])
    # pcmfa: call verdict=exempt from=client-credentials
    return requests.get(PARTNER + "/v1/invoices", headers={"Authorization": "Bearer " + bearer}).json()

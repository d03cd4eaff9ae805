import requests

import tokens
from resources import PARTNER_HOST, Resource


def bearer(token):
    return {"Authorization": "Bearer " + token}


def customers(user, password):
    token = tokens.for_target(Resource.PARTNER, user, password)
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(PARTNER_HOST + "/v1/customers", headers=bearer(token), timeout=30).json()


def people(user, password):
    token = tokens.for_target(Resource.GRAPH, user, password)
    # pcmfa: decoy
    return requests.get(Resource.GRAPH.value + "/v1.0/users", headers=bearer(token), timeout=30).json()


def invoices():
    # pcmfa: call verdict=capable from=device-code
    return requests.get(PARTNER_HOST + "/v1/invoices", headers=bearer(tokens.device()), timeout=30).json()


def mail():
    token = tokens.device("https://outlook.office365.com/.default")
    # pcmfa: decoy
    return requests.get("https://outlook.office365.com/api/v2.0/me", headers=bearer(token), timeout=30).json()


def offers(client_id, secret):
    # pcmfa: call verdict=exempt from=client-credentials
    return requests.get(PARTNER_HOST + "/v1/offers", headers=bearer(tokens.form(client_id, secret)), timeout=30).json()

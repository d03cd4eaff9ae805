import requests

import auth
from auth import CONFIG


def orders(customer_id):
    headers = {"Authorization": "Bearer " + auth.token_for("user")}
    url = CONFIG["base"] + "/v1/customers/" + customer_id + "/orders"
    return requests.get(url, headers=headers).json()  # pcmfa: call verdict=blocked from=ropc


def products():
    headers = {"Authorization": "Bearer " + auth.token_for("app")}
    url = "{base}/v1/products?country=DE".format(**CONFIG)
    return requests.get(url, headers=headers).json()  # pcmfa: call verdict=exempt from=client-credentials


def mailbox():
    headers = {"Authorization": "Bearer " + auth.token_for("app", "https://graph.microsoft.com")}
    # pcmfa: decoy
    return requests.get("https://graph.microsoft.com/v1.0/users", headers=headers).json()

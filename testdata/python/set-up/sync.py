import requests


def customers(token):
    # pcmfa: call verdict=unresolved ; finding unresolved-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers={"Authorization": "Bearer " + token})

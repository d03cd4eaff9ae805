import os

import requests
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(vault_url=os.environ["VAULT_URL"], credential=DefaultAzureCredential())


def invoices():
    token = vault.get_secret("partner-access").value
    # pcmfa: call verdict=capable from=refresh-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/invoices", headers={"Authorization": f"Bearer {token}"})


def offers():
    # Nothing here puts anything in under this name.
    token = vault.get_secret("marketplace-access").value
    # pcmfa: call verdict=unresolved ; finding unresolved-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/offers", headers={"Authorization": f"Bearer {token}"})


def renew(form, refresh_token):
    # What else is in the form, the vault knows; with a refresh token at its end it can only be redeemed.
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=unknown
    answer = requests.post("https://login.microsoftonline.com/common/oauth2/token", data=form + refresh_token)
    return answer.json()


def relay(form, credentials):
    # Which grant it is, nothing shows.
    # pcmfa: acquisition flow=unknown verdict=unresolved pc=unknown
    answer = requests.post("https://login.microsoftonline.com/common/oauth2/token", data=form + credentials)
    return answer.json()

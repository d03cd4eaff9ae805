import msal
import requests
from decouple import AutoConfig, config

API = config("PARTNER_API")
crm = AutoConfig(search_path=".")


def customers(user, password):
    app = msal.PublicClientApplication("id", authority=config("AUTHORITY", default="https://login.microsoftonline.com/common"))
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    token = app.acquire_token_by_username_password(user, password, scopes=[API + "/.default"])
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(API + "/v1/customers", headers={"Authorization": "Bearer " + token["access_token"]}).json()


def contacts():
    # pcmfa: decoy
    return requests.get(crm("CRM_API") + "/v1/customers").json()

"""A web application: the partner signs in once, later runs use the refresh token that it left."""
import msal
import requests
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

SCOPE = "https://api.partnercenter.microsoft.com/.default"


def app():
    return msal.ConfidentialClientApplication("11111111-2222-3333-4444-555555555555", client_credential="x")


def consent(code):
    # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    result = app().acquire_token_by_authorization_code(code, scopes=[SCOPE])
    vault().set_secret("partner-refresh-token", result["refresh_token"])


def vault():
    # pcmfa: decoy
    return SecretClient("https://contoso.vault.azure.net", DefaultAzureCredential())


def customers():
    refresh_token = vault().get_secret("partner-refresh-token").value
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
    token = app().acquire_token_by_refresh_token(refresh_token, scopes=[SCOPE])
    headers = {"Authorization": "Bearer %s" % token["access_token"]}
    # pcmfa: call verdict=capable from=refresh-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers=headers).json()

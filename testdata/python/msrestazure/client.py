import http.client
import json

# pcmfa: finding retired-library
import adal
from msrestazure.azure_active_directory import AdalAuthentication, ServicePrincipalCredentials, UserPassCredentials

PARTNER = "https://api.partnercenter.microsoft.com"
HOST = "api.partnercenter.microsoft.com"


def users(customer, user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    credentials = UserPassCredentials(user, password, resource=PARTNER)
    session = credentials.signed_session()
    # pcmfa: call verdict=blocked from=ropc
    return session.get(PARTNER + "/v1/customers/" + customer + "/users").json()


def invoices(client_id, secret):
    context = adal.AuthenticationContext("https://login.microsoftonline.com/contoso.onmicrosoft.com")
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    credentials = AdalAuthentication(context.acquire_token_with_client_credentials, PARTNER, client_id, secret)
    connection = http.client.HTTPSConnection(HOST)
    headers = {"Authorization": credentials.signed_session().headers["Authorization"]}
    # pcmfa: call verdict=exempt from=client-credentials
    connection.request("GET", "/v1/invoices", headers=headers)
    return json.loads(connection.getresponse().read())


def machines(client_id, secret):
    # pcmfa: decoy
    credentials = ServicePrincipalCredentials(client_id, secret, tenant="contoso.onmicrosoft.com")
    connection = http.client.HTTPSConnection("management.azure.com")
    # pcmfa: decoy
    connection.request("GET", "/subscriptions", headers=credentials.signed_session().headers)

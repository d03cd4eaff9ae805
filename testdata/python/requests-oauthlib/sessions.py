from oauthlib.oauth2 import BackendApplicationClient, LegacyApplicationClient
from requests_oauthlib import OAuth2Session

PARTNER = "https://api.partnercenter.microsoft.com"
TOKEN_URL = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token"


def as_user(client_id, user, password):
    session = OAuth2Session(client=LegacyApplicationClient(client_id=client_id))
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    session.fetch_token(TOKEN_URL, username=user, password=password, resource=PARTNER)
    return session


def as_app(client_id, secret):
    session = OAuth2Session(client=BackendApplicationClient(client_id=client_id))
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    session.fetch_token(TOKEN_URL, client_id=client_id, client_secret=secret, resource=PARTNER)
    return session


def as_visitor(client_id, answer):
    session = OAuth2Session(client_id, scope=["https://graph.microsoft.com/User.Read"])
    # pcmfa: decoy
    session.fetch_token(TOKEN_URL, authorization_response=answer)
    return session.get("https://graph.microsoft.com/v1.0/me")

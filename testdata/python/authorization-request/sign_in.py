"""Authorization codes: the request for consent says what the token is for, the exchange of the code does not."""

import os
from urllib.parse import urlencode

import requests

LOGIN = "https://login.microsoftonline.com/organizations/oauth2/v2.0"


class PartnerSignIn:
    def consent_page(self, state):
        query = {
            "client_id": os.environ["CLIENT_ID"],
            "response_type": "code",
            "redirect_uri": os.environ["REDIRECT_URI"],
            "state": state,
        }
        query["scope"] = "https://api.partnercenter.microsoft.com/user_impersonation offline_access"
        return LOGIN + "/authorize?" + urlencode(query)

    def exchange(self, code):
        form = {
            "grant_type": "authorization_code",  # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
            "client_id": os.environ["CLIENT_ID"],
            "client_secret": os.environ["CLIENT_SECRET"],
            "redirect_uri": os.environ["REDIRECT_URI"],
            "code": code,
        }
        return requests.post(LOGIN + "/token", data=form).json()["refresh_token"]


class DirectorySignIn:
    """A look-alike: the same exchange, for another service."""

    def consent_page(self, state):
        return (
            f"{LOGIN}/authorize?client_id={os.environ['CLIENT_ID']}&response_type=code&response_mode=query"
            f"&redirect_uri={os.environ['REDIRECT_URI']}&state={state}"
            "&scope=https%3A%2F%2Fgraph.microsoft.com%2FUser.Read%20offline_access"
        )

    def exchange(self, code):
        form = {
            "grant_type": "authorization_code",  # pcmfa: decoy
            "client_id": os.environ["CLIENT_ID"],
            "client_secret": os.environ["CLIENT_SECRET"],
            "redirect_uri": os.environ["REDIRECT_URI"],
            "code": code,
        }
        return requests.post(LOGIN + "/token", data=form).json()["access_token"]


class ImplicitSignIn:
    """No code is asked for here, so this says nothing of the exchange below."""

    def page(self):
        query = {"response_type": "token", "scope": "https://graph.microsoft.com/.default"}
        return LOGIN + "/authorize?" + urlencode(query)

    def exchange(self, code):
        # What the code was asked for is not shown beside it, and the other classes ask for different things.
        # pcmfa: acquisition flow=authorization-code verdict=capable pc=unknown
        form = {"grant_type": "authorization_code", "client_id": os.environ["CLIENT_ID"], "code": code}
        return requests.post(LOGIN + "/token", data=form).json()["access_token"]

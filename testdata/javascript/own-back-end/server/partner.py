import os

import msal

PARTNER = "https://api.partnercenter.microsoft.com"


def password_token(username, password):
    app = msal.PublicClientApplication(os.environ["CLIENT_ID"], authority="https://login.microsoftonline.com/organizations")
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    result = app.acquire_token_by_username_password(username, password, scopes=[PARTNER + "/user_impersonation"])
    return result["access_token"]

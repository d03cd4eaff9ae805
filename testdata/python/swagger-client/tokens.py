import os

import msal

PARTNER = "https://api.partner.microsoft.com"


def application():
    return msal.ConfidentialClientApplication(
        os.environ["CLIENT_ID"], client_credential=os.environ["CLIENT_SECRET"], authority=os.environ["AUTHORITY"]
    )


def bearer():
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    result = application().acquire_token_by_username_password(
        os.environ["USER_NAME"], os.environ["USER_PASSWORD"], scopes=[PARTNER + "/.default"]
    )
    return "Bearer " + result["access_token"]


def other_bearer():
    # pcmfa: decoy
    result = application().acquire_token_for_client(scopes=["https://inventory.example/.default"])
    return "Bearer " + result["access_token"]

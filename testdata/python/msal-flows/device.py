import sys

import msal
import requests

SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]


def sign_in(client_id):
    app = msal.PublicClientApplication(client_id, authority="https://login.microsoftonline.com/organizations")
    for account in app.get_accounts():
        # pcmfa: acquisition flow=silent verdict=capable pc=yes
        result = app.acquire_token_silent(SCOPES, account=account)
        if result:
            return result["access_token"]
    flow = app.initiate_device_flow(scopes=SCOPES)
    print(flow["message"])
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    return app.acquire_token_by_device_flow(flow)["access_token"]


def profile(client_id):
    headers = dict(Authorization="Bearer {}".format(sign_in(client_id)))
    # pcmfa: call verdict=capable from=device-code,silent
    return requests.get("https://api.partnercenter.microsoft.com/v1/profiles/organization", headers=headers)


if __name__ == "__main__":
    print(profile(sys.argv[1]).text)

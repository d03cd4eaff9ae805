import os

import msal
import requests

# pcmfa: finding hard-coded-secret
CLIENT_SECRET = "q7-Tulip-Harbour-19"
SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]


def sign_in(refresh_token, user, password):
    app = msal.ConfidentialClientApplication(
        "3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10", client_credential=CLIENT_SECRET
    )
    try:
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        return app.acquire_token_by_refresh_token(refresh_token, scopes=SCOPES)["access_token"]
    except KeyError:
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
        return app.acquire_token_by_username_password(user, password, scopes=SCOPES)["access_token"]


def invoices(refresh_token, user, password):
    for attempt in range(5):
        token = sign_in(refresh_token, user, password)
        # pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        response = requests.get(
            "https://api.partnercenter.microsoft.com/v1/invoices",
            headers={"Authorization": f"Bearer {token}"},
        )
        # pcmfa: finding mfa-error-retried
        if response.status_code == 401:
            continue
        return response.json()
    raise RuntimeError("no invoices")


def users(customer):
    app = msal.ConfidentialClientApplication(
        "3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10", client_credential=os.environ["PC_CLIENT_SECRET"]
    )
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    token = app.acquire_token_for_client(scopes=["https://api.partnercenter.microsoft.com/.default"])
    headers = {"Authorization": "Bearer " + token["access_token"]}
    # pcmfa: call verdict=exempt from=client-credentials
    everyone = requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers=headers)
    # pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    return requests.get(
        f"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users", headers=headers
    )


def audit():
    # pcmfa: finding static-token
    headers = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."}
    # pcmfa: call verdict=unresolved ; finding unresolved-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/auditrecords", headers=headers)

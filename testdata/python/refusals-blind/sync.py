import os

import msal
import requests

CLIENT_SECRET = "q7-Tulip-Harbour-19"
SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]


def sign_in(refresh_token, user, password):
    app = msal.ConfidentialClientApplication(
        "3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10", client_credential=CLIENT_SECRET
    )
    try:
        return app.acquire_token_by_refresh_token(refresh_token, scopes=SCOPES)["access_token"]
    except KeyError:
        return app.acquire_token_by_username_password(user, password, scopes=SCOPES)["access_token"]


def invoices(refresh_token, user, password):
    for attempt in range(5):
        token = sign_in(refresh_token, user, password)
        response = requests.get(
            "https://api.partnercenter.microsoft.com/v1/invoices",
            headers={"Authorization": f"Bearer {token}"},
        )
        if response.status_code == 401:
            continue
        return response.json()
    raise RuntimeError("no invoices")


def users(customer):
    app = msal.ConfidentialClientApplication(
        "3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10", client_credential=os.environ["PC_CLIENT_SECRET"]
    )
    token = app.acquire_token_for_client(scopes=["https://api.partnercenter.microsoft.com/.default"])
    headers = {"Authorization": "Bearer " + token["access_token"]}
    everyone = requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers=headers)
    return requests.get(
        f"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users", headers=headers
    )


def audit():
    headers = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."}
    return requests.get("https://api.partnercenter.microsoft.com/v1/auditrecords", headers=headers)

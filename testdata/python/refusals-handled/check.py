import os

import msal
import requests


def users(vault, customers):
    app = msal.ConfidentialClientApplication(
        "3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10",
        # pcmfa: decoy
        client_credential=vault.get_secret("partner-client-secret").value,
    )
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    result = app.acquire_token_by_refresh_token(
        # pcmfa: decoy
        os.environ.get("PC_REFRESH_TOKEN", "<refresh-token>"),
        scopes=["https://api.partnercenter.microsoft.com/user_impersonation"],
    )
    # pcmfa: check
    headers = {"Authorization": "Bearer " + result["access_token"], "ValidateMfa": "true"}
    for customer in customers:
        # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        response = requests.get(
            f"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users", headers=headers
        )
        # pcmfa: decoy
        if response.status_code == 401:
            print(explain(response.json()))
            continue
        # pcmfa: check
        if response.headers.get("isMfaCompliant", "").lower() != "true":
            print("the token carries no MFA claim")


def explain(error):
    texts = {
        # pcmfa: check
        "900421": "repeat the consent with MFA",
        # pcmfa: decoy
        "900420": "the token is for a retired audience",
        "900329": "this operation needs a user",
    }
    return texts.get(str(error.get("code")), "refused")

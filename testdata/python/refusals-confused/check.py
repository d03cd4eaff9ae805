import requests

# pcmfa: check ; finding mfa-error-confused
RETIRED_OR_BLOCKED = ("900421", "900420", "900329")


def agreements(app, refresh_token):
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    result = app.acquire_token_by_refresh_token(
        refresh_token, scopes=["https://api.partnercenter.microsoft.com/user_impersonation"]
    )
    # pcmfa: check ; finding mfa-check-ignored
    headers = {"Authorization": "Bearer " + result["access_token"], "ValidateMfa": "true"}
    # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    response = requests.get("https://api.partnercenter.microsoft.com/v1/agreements", headers=headers)
    if response.status_code == 401 and response.json()["code"] in RETIRED_OR_BLOCKED:
        raise PermissionError("sign in again")
    return response.json()

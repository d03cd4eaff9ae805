import requests

RETIRED_OR_BLOCKED = ("900421", "900420", "900329")


def agreements(app, refresh_token):
    result = app.acquire_token_by_refresh_token(
        refresh_token, scopes=["https://api.partnercenter.microsoft.com/user_impersonation"]
    )
    headers = {"Authorization": "Bearer " + result["access_token"], "ValidateMfa": "true"}
    response = requests.get("https://api.partnercenter.microsoft.com/v1/agreements", headers=headers)
    if response.status_code == 401 and response.json()["code"] in RETIRED_OR_BLOCKED:
        raise PermissionError("sign in again")
    return response.json()

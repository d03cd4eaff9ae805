"""Form bodies as texts, and a token that lives in a global variable."""
import os
from urllib.parse import quote

import requests

_token = None


def refresh(settings, password):
    global _token
    grant = os.environ["GRANT_USER"]
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    body = "grant_type=" + grant + "&scope=" + quote(settings.url + "/.default") + "&username=" + settings.user
    body += "&password=" + quote(password)
    answer = requests.post(
        settings.token_url,
        data=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    _token = answer.json()["access_token"]


def current():
    if _token is None:
        raise RuntimeError("sign in first")
    return _token

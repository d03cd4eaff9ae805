import os

import requests


def token():
    form = {
        # The manifest says by which grant.
        "grant_type": os.environ["SYNC_GRANT"],  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        "resource": os.environ["PARTNER_RESOURCE"],
        "username": os.environ["PARTNER_USER"],
        "password": os.environ["PARTNER_PASSWORD"],
    }
    return requests.post(os.environ["LOGIN_URL"], data=form).json()["access_token"]


headers = {"Authorization": "Bearer " + token()}
# pcmfa: call verdict=blocked from=ropc
requests.get(os.environ["PARTNER_HOST"] + "/v1/customers", headers=headers)
# pcmfa: decoy
requests.get(os.environ["WEATHER_HOST"] + "/v1/customers", headers={})

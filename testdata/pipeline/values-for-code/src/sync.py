"""Which API, and by which grant, the pipeline says."""
import os

import requests

API = os.environ["PARTNER_API"]


def token():
    form = {
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        "grant_type": os.environ["GRANT"],
        "resource": API,
        "username": os.environ["PARTNER_USER"],
        "password": os.environ["PARTNER_PASSWORD"],
    }
    answer = requests.post("https://login.microsoftonline.com/common/oauth2/token", data=form)
    return answer.json()["access_token"]


def main():
    headers = {"Authorization": "Bearer " + token()}
    # pcmfa: call verdict=blocked from=ropc
    print(requests.get(API + "/v1/customers", headers=headers).json())
    # pcmfa: decoy
    print(requests.get(os.environ["CRM_API"] + "/v1/customers", headers={"X-Key": "none"}).json())


if __name__ == "__main__":
    main()

import os
import sys

import requests

import token_request

API = "https://api.partnercenter.microsoft.com/v1"


def get(url, token):
    return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30).json()


def main():
    # pcmfa: call verdict=exempt from=client-credentials
    get(API + "/invoices", token_request.by_flag(True))

    # pcmfa: call verdict=blocked from=ropc
    get(API + "/customers", token_request.by_flag(False, sys.argv[1], sys.argv[2]))

    # pcmfa: call verdict=capable from=authorization-code
    get(API + "/profiles/mpn", token_request.by_name("code", sys.argv[3]))

    # pcmfa: call verdict=capable from=refresh-token
    get(API + "/profiles/billing", token_request.by_name("refresh", sys.argv[4]))

    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa ; call verdict=capable from=refresh-token
    get(API + "/agreements", token_request.by_grant("refresh_token", os.environ["REFRESH_TOKEN"]))

    # pcmfa: call verdict=exempt from=client-credentials
    get(API + "/offers", token_request.by_body(client_id=sys.argv[5], client_secret=sys.argv[6]))

    # pcmfa: call verdict=capable from=refresh-token
    get(API + "/validations/address", token_request.by_body(client_id=sys.argv[5], refresh_token=sys.argv[4]))

    # pcmfa: call verdict=blocked from=refresh-token,ropc
    get(API + "/invoices/summary", token_request.by_later_field(os.environ.get("REFRESH_TOKEN"), sys.argv[1], sys.argv[2]))

    # pcmfa: decoy
    get("https://weather.example/v1/customers", None)


main()

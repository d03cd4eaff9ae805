import os

import requests

from contoso import hosts
from contoso.tokens import Tokens


def bearer(token):
    return {"Authorization": "Bearer " + token, "Accept": "application/json"}


def main():
    tokens = Tokens(
        os.environ["TENANT_ID"],
        os.environ["CLIENT_ID"],
        os.environ["CLIENT_SECRET"],
        os.environ.get("PARTNER_USER"),
        os.environ.get("PARTNER_PASSWORD"),
    )
    graph = bearer(tokens.get(hosts.GRAPH, as_app=True))
    # pcmfa: decoy
    requests.get(hosts.GRAPH + "/v1.0/organization", headers=graph).raise_for_status()

    partner = bearer(tokens.get(hosts.PARTNER))
    # pcmfa: call verdict=blocked from=ropc
    response = requests.get(f"{hosts.PARTNER}/v1/customers?size=500", headers=partner)
    for customer in response.json()["items"]:
        print(customer["companyProfile"]["companyName"])


if __name__ == "__main__":
    main()

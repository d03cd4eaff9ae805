import json
import sys
import time

import msal

from client import SCOPES, Customers, ServiceUser


def customers(token):
    client = Customers(token)
    while True:
        # The client's own method sends the call again.
        response = client.list()
        # pcmfa: finding mfa-error-retried
        if response.status_code == 401:
            time.sleep(5)
            continue
        return response.json()


def signed_in(path):
    with open(path) as file:
        config = json.load(file)
    app = msal.PublicClientApplication("1b730954-1685-4b74-9bfd-dac224a7b894")
    try:
        # pcmfa: acquisition flow=interactive verdict=capable pc=yes
        return app.acquire_token_interactive(SCOPES)["access_token"]
    except ValueError:
        # A map's method, not the one of the service user: no sign-in with a password stands here.
        return config.get("token")


if __name__ == "__main__":
    customers(ServiceUser(sys.argv[1], sys.argv[2]).get())
    customers(signed_in("settings.json"))

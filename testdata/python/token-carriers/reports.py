import requests

import sign_in

API = "https://api.partnercenter.microsoft.com/v1/"


class Headers:
    """Builds headers step by step."""

    def __init__(self):
        self._headers = {}

    def accept(self, kind):
        self._headers["Accept"] = kind
        return self

    def bearer(self, token):
        self._headers["Authorization"] = "Bearer " + token
        return self

    def build(self):
        return dict(self._headers)


def customers(user, password):
    access, until = sign_in.plain_tuple(user, password)
    print(until)
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(API + "customers", headers={"Authorization": "Bearer " + access}, timeout=9).json()


def invoices():
    pair = sign_in.named_tuple()
    # pcmfa: call verdict=capable from=interactive
    return requests.get(API + "invoices", headers={"Authorization": "Bearer " + pair.access}, timeout=9).json()


def offers():
    grant = sign_in.record(sign_in.app.initiate_device_flow(sign_in.SCOPES))
    headers = Headers().accept("application/json").bearer(grant.access).build()
    # pcmfa: call verdict=capable from=device-code
    return requests.get(API + "offers", headers=headers, timeout=9).json()


def agreements(tenant, user, password):
    if tenant not in sign_in.by_tenant:
        sign_in.fill(tenant, user, password)
    result = sign_in.by_tenant.get(tenant)
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(API + "agreements", headers={"Authorization": "Bearer " + result["access_token"]}, timeout=9).json()


@sign_in.signed
def mpn(token, profile):
    # pcmfa: call verdict=blocked from=ropc
    return requests.get(API + "profiles/" + profile, headers={"Authorization": "Bearer " + token}, timeout=9).json()


def billing():
    source = sign_in.tokens()
    # pcmfa: call verdict=capable from=interactive
    return requests.get(API + "profiles/billing", headers={"Authorization": "Bearer " + next(source)}, timeout=9).json()


def weather(user, password):
    _, until = sign_in.plain_tuple(user, password)
    # pcmfa: decoy
    return requests.get("https://weather.example/v1/customers", params={"until": until}, timeout=9).json()


if __name__ == "__main__":
    mpn("mpn")

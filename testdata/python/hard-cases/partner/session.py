from __future__ import annotations

import functools

import requests
from requests.auth import AuthBase

from . import tokens
from .settings import Settings, load


class Bearer(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, request):
        request.headers["Authorization"] = "Bearer " + self.token
        return request


class Base:
    settings: Settings

    def __init__(self, settings: Settings):
        self.settings = settings
        self.http = requests.Session()

    def call(self, verb, path, **options):
        # pcmfa: call verdict=blocked from=ropc
        return self.http.request(verb, self.settings.url + "/v1" + path, **options)


class PartnerSession(Base):
    def __init__(self, settings):
        super().__init__(settings)
        self.http.headers["Authorization"] = "Bearer %s" % tokens.current()

    def customers(self, *, size=500):
        # pcmfa: call verdict=blocked from=ropc
        return self.call("GET", "/customers", params={"size": size}).json()["items"]

    @functools.lru_cache
    def orders(self, customer):
        # pcmfa: call verdict=blocked from=ropc
        return [order["id"] for order in self.call("GET", f"/customers/{customer['id']}/orders").json()["items"]]


def open_session(password):
    settings = load()
    tokens.refresh(settings, password)
    return PartnerSession(settings)


def with_auth(password):
    tokens.refresh(load(), password)
    # pcmfa: call verdict=blocked from=ropc
    return requests.get("https://api.partnercenter.microsoft.com/v1/invoices", auth=Bearer(tokens.current()))

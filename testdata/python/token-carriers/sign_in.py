"""Sign-ins whose tokens come back in all sorts of wrapping."""
import collections
import functools
import time
from dataclasses import dataclass

import msal

SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]
app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")

Pair = collections.namedtuple("Pair", ["access", "until"])
by_tenant = {}


@dataclass
class Grant:
    access: str
    refresh: str | None = None


def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        print("calling", function.__name__)
        return function(*args, **kwargs)

    return inner


def signed(function):
    """Gives the decorated function a token as its first argument."""

    @functools.wraps(function)
    def inner(*args, **kwargs):
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        result = app.acquire_token_by_username_password("robot@lucerne.example", input(), SCOPES)
        return function(result["access_token"], *args, **kwargs)

    return inner


def plain_tuple(user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    result = app.acquire_token_by_username_password(user, password, SCOPES)
    return result["access_token"], time.time() + result["expires_in"]


def named_tuple():
    # pcmfa: acquisition flow=interactive verdict=capable pc=yes
    result = app.acquire_token_interactive(SCOPES)
    return Pair(result["access_token"], result["expires_in"])


@logged
def record(code_flow):
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    result = app.acquire_token_by_device_flow(code_flow, SCOPES)
    return Grant(access=result["access_token"])


def fill(tenant, user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    by_tenant[tenant] = app.acquire_token_by_username_password(user, password, SCOPES)


def tokens():
    """Yields a token, and a new one when that is old."""
    while True:
        # pcmfa: acquisition flow=interactive verdict=capable pc=yes
        yield app.acquire_token_interactive(SCOPES)["access_token"]

import requests

ENDPOINT = "https://login.microsoftonline.com/wingtip.onmicrosoft.com/oauth2/token"
PARTNER = "https://api.partnercenter.microsoft.com"


def _send(form):
    answer = requests.post(ENDPOINT, data=form, timeout=30)
    answer.raise_for_status()
    return answer.json()


def by_flag(unattended, user=None, password=None):
    form = {
        "resource": PARTNER,
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; acquisition flow=client-credentials verdict=exempt pc=yes
        "grant_type": "client_credentials" if unattended else "password",
        "username": user,
        "password": password,
    }
    return _send(form)["access_token"]


def by_name(name, given):
    form = {"resource": PARTNER}
    match name:
        case "code":
            # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
            form["grant_type"] = "authorization_code"
            form["code"] = given
        case "refresh":
            # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            form["grant_type"] = "refresh_token"
            form["refresh_token"] = given
        case _:
            # Nobody calls it so.
            form["grant_type"] = "password"
            form["password"] = given
    return _send(form)["access_token"]


def by_grant(grant, given):
    return _send({"grant_type": grant, "resource": PARTNER, "refresh_token": given})["access_token"]


def by_body(**fields):
    """What is in the body decides."""
    if "refresh_token" in fields:
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        fields["grant_type"] = "refresh_token"
    else:
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        fields["grant_type"] = "client_credentials"
    return _send({"resource": PARTNER, **fields})["access_token"]


def by_later_field(refresh_token, user, password):
    """The field is there on one of two ways only."""
    form = {"resource": PARTNER, "client_id": "5c5f-cli"}
    if refresh_token:
        form["refresh_token"] = refresh_token
    if "refresh_token" in form:
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        form["grant_type"] = "refresh_token"
    else:
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form["grant_type"] = "password"
        form["username"] = user
        form["password"] = password
    return _send(form)["access_token"]

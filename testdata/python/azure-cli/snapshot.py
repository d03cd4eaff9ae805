import requests
from azure.cli.core import get_default_cli
from azure.cli.core._profile import Profile
from azure.common.credentials import get_azure_cli_credentials


def offers():
    profile = Profile(cli_ctx=get_default_cli())
    # Whoever `az login` signed in on the machine.
    # pcmfa: acquisition flow=silent verdict=unresolved pc=yes
    (kind, token, _), _, _ = profile.get_raw_token(resource="https://api.partnercenter.microsoft.com")
    headers = {"Authorization": kind + " " + token}
    # pcmfa: call verdict=unresolved from=silent ; finding unresolved-token
    return requests.get("https://api.partnercenter.microsoft.com/v1/offers", headers=headers).json()


def machines():
    # pcmfa: decoy
    credentials, subscription = get_azure_cli_credentials()
    return credentials, subscription

"""The same settings from a file that is named, and from a `.env` file."""
import requests
from decouple import Config, RepositoryIni
from dotenv import get_key

config = Config(RepositoryIni("settings.ini"))


def invoices():
    form = {
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        "grant_type": "client_credentials",
        "resource": config("PARTNER_API"),
        "client_secret": get_key(".env", "PARTNER_SECRET"),
    }
    answer = requests.post(config.get("AUTHORITY") + "/oauth2/token", data=form)
    headers = {"Authorization": "Bearer " + answer.json()["access_token"]}
    # pcmfa: call verdict=exempt from=client-credentials
    requests.get(config("PARTNER_API", "https://contoso.example") + "/v1/invoices", headers=headers)
    # pcmfa: decoy
    requests.get(config("CRM_API") + "/v1/customers", headers={"X-Key": "none"})

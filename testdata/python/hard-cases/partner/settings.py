import configparser
import os
from dataclasses import dataclass

from dotenv import load_dotenv

load_dotenv()
parser = configparser.ConfigParser()
parser.read("config.ini")


@dataclass
class Settings:
    url: str
    tenant: str
    user: str = ""
    login: str = os.getenv("LOGIN_URL", "https://login.microsoftonline.com")

    @property
    def token_url(self):
        return f"{self.login}/{self.tenant}/oauth2/v2.0/token"


def load():
    section = parser["partner"]
    return Settings(url=section["url"], tenant=parser.get("partner", "tenant"), user=os.environ.get("PARTNER_USER"))

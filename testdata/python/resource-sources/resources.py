"""Names of what tokens are asked for."""
from enum import Enum

PARTNER_HOST = "https://api.partnercenter.microsoft.com"


class Resource(Enum):
    PARTNER = PARTNER_HOST
    GRAPH = "https://graph.microsoft.com"
    KEYS = "https://vault.azure.net"

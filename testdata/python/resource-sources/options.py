import tomllib
from dataclasses import dataclass


@dataclass
class ApiOptions:
    resource: str
    client_id: str


def load(section: str) -> ApiOptions:
    with open("settings.toml", "rb") as file:
        settings = tomllib.load(file)
    return ApiOptions(**settings[section])

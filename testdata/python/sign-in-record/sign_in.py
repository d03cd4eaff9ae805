"""Two ways to sign in, which keep who signed in in one file."""

from abc import ABC, abstractmethod
from pathlib import Path

from azure.identity import AuthenticationRecord, DeviceCodeCredential, InteractiveBrowserCredential

SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]
RECORD = Path.home() / ".reseller-record.json"


class SignIn(ABC):
    def known(self):
        return {"authentication_record": AuthenticationRecord.deserialize(RECORD.read_text())} if RECORD.exists() else {}

    def remember(self, credential):
        record = credential.authenticate(scopes=SCOPES)
        RECORD.write_text(record.serialize())

    @abstractmethod
    def token(self):
        raise NotImplementedError


class Browser(SignIn):
    def __init__(self, client_id):
        # The record of the other way to sign in does not make this one another.
        self.credential = InteractiveBrowserCredential(client_id=client_id, **self.known())
        self.remember(self.credential)

    def token(self):
        # pcmfa: acquisition flow=interactive verdict=capable pc=yes
        return self.credential.get_token(SCOPES[0]).token


class DeviceCode(SignIn):
    def __init__(self, client_id):
        self.credential = DeviceCodeCredential(client_id=client_id, **self.known())
        self.remember(self.credential)

    def token(self):
        # pcmfa: acquisition flow=device-code verdict=capable pc=yes
        return self.credential.get_token(SCOPES[0]).token

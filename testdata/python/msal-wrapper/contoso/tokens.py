"""One helper for all APIs: the caller names the resource and the kind of token."""
import logging

import msal

log = logging.getLogger(__name__)


class Tokens:
    def __init__(self, tenant, client_id, secret, user=None, password=None):
        authority = f"https://login.microsoftonline.com/{tenant}"
        self._confidential = msal.ConfidentialClientApplication(
            client_id, client_credential=secret, authority=authority
        )
        self._public = msal.PublicClientApplication(client_id, authority=authority)
        self.user = user
        self.password = password

    def get(self, resource, as_app=False):
        scopes = [resource + "/.default"]
        if as_app:
            # pcmfa: decoy
            result = self._confidential.acquire_token_for_client(scopes=scopes)
        else:
            # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            result = self._public.acquire_token_by_username_password(
                self.user, self.password, scopes=scopes
            )
        if "access_token" not in result:
            log.error("no token: %s", result.get("error_description"))
            raise RuntimeError("no token")
        return result["access_token"]

import requests


class PartnerClient:
    base_url = "https://api.partnercenter.microsoft.com/v1"

    def __init__(self, token: str) -> None:
        self.session = requests.Session()
        self.session.headers.update({"Authorization": f"Bearer {token}"})

    def _get(self, path, **kwargs):
        # pcmfa: call verdict=exempt from=client-credentials
        return self.session.request("GET", self.base_url + path, **kwargs)

    def invoices(self):
        # pcmfa: call verdict=exempt from=client-credentials
        return self._get("/invoices", timeout=30).json()

"""Pages: the answer says where the next one is."""
import msal
import requests

BASE = "https://api.partnercenter.microsoft.com/v1/"
app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")


class Client:
    def __init__(self, token):
        self.http = requests.Session()
        self.http.headers.update({"Authorization": f"Bearer {token}"})

    def get(self, path, **query):
        # pcmfa: call verdict=blocked from=ropc
        return self.http.get(BASE + path, params=query, timeout=9).json()

    def pages(self, path):
        page = self.get(path, size=100)
        yield from page["items"]
        while "next" in page["links"]:
            link = page["links"]["next"]
            headers = {h["key"]: h["value"] for h in link["headers"]}
            # pcmfa: call verdict=blocked from=ropc
            page = self.http.get("https://api.partnercenter.microsoft.com/v1" + link["uri"], headers=headers, timeout=9).json()
            yield from page["items"]

    def weather(self):
        # pcmfa: decoy
        return requests.get("https://weather.example/v1/customers", timeout=9).json()


def main(user, password):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    result = app.acquire_token_by_username_password(user, password, ["https://api.partnercenter.microsoft.com/.default"])
    # pcmfa: call verdict=blocked from=ropc
    for customer in Client(result["access_token"]).pages("customers"):
        print(customer["id"])

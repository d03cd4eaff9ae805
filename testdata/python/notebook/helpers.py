import requests

BASE = "https://api.partnercenter.microsoft.com/v1"


def get(path, token):
    response = requests.get(f"{BASE}/{path}", headers={"Authorization": f"Bearer {token}"})  # pcmfa: call verdict=blocked from=ropc
    return response.json()

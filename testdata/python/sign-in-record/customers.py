import sys

import requests

from sign_in import Browser, DeviceCode


def chosen(way):
    if way == "browser":
        return Browser("4f1c0000-0000-0000-0000-000000000001")
    return DeviceCode("4f1c0000-0000-0000-0000-000000000001")


def main():
    token = chosen(sys.argv[1]).token()
    # pcmfa: call verdict=capable from=device-code,interactive
    answer = requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers={"Authorization": f"Bearer {token}"})
    print(answer.json())


main()

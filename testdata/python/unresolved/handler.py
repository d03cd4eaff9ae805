import json

import requests


def handler(event, context):
    token = event["headers"]["x-partner-token"]
    # pcmfa: call verdict=unresolved ; finding unresolved-token
    answer = requests.get(
        "https://api.partnercenter.microsoft.com/v1/customers",
        headers={"Authorization": f"Bearer {token}"},
    )
    return {"statusCode": answer.status_code, "body": json.dumps(answer.json())}

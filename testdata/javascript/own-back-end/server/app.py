import requests
from flask import Flask, jsonify, request

from partner import PARTNER, password_token

app = Flask(__name__)


@app.post("/api/partner/customers")
def customers():
    fields = request.get_json()
    token = password_token(fields["username"], fields["password"])
    # pcmfa: call verdict=blocked from=ropc
    response = requests.get(PARTNER + "/v1/customers", headers={"Authorization": "Bearer " + token})
    return jsonify(response.json())

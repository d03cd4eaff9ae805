import msal
import requests
from flask import Flask, redirect, request, session, url_for

app = Flask(__name__)
PARTNER = "https://api.partnercenter.microsoft.com"
client = msal.ConfidentialClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11", client_credential=app.config["SECRET"])


@app.route("/answer")
def answer():
    # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    result = client.acquire_token_by_authorization_code(request.args["code"], scopes=[PARTNER + "/user_impersonation"])
    session["token"] = result["access_token"]
    session["locale"] = "de"
    return redirect(url_for("customers"))


@app.route("/customers")
def customers():
    # pcmfa: call verdict=capable from=authorization-code
    return requests.get(PARTNER + "/v1/customers", headers={"Authorization": "Bearer " + session["token"]}, timeout=9).json()


@app.route("/invoices")
def invoices():
    token = session.get("token")
    if not token:
        return redirect("/")
    # pcmfa: call verdict=capable from=authorization-code
    return requests.get(PARTNER + "/v1/invoices", headers={"Authorization": f"Bearer {token}"}, timeout=9).json()


@app.route("/weather")
def weather():
    # pcmfa: decoy
    return requests.get("https://weather.example/v1/customers", params={"locale": session["locale"]}, timeout=9).json()

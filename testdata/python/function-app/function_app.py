import os

import azure.functions as func
import requests

app = func.FunctionApp()


@app.timer_trigger(schedule="0 0 2 * * *", arg_name="timer")
def nightly(timer: func.TimerRequest) -> None:
    form = {
        "grant_type": os.environ["GRANT"],  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        "username": os.environ["SVC_USER"],
        "password": os.environ["SVC_PASSWORD"],
        "resource": os.environ["PARTNER_API"],
    }
    token = requests.post(os.environ["AUTHORITY"], data=form).json()["access_token"]
    # pcmfa: call verdict=blocked from=ropc
    requests.get(os.environ["PARTNER_API"] + "/v1/customers", headers={"Authorization": f"Bearer {token}"})
    # pcmfa: decoy
    requests.get(os.environ["CRM_API"] + "/v1/customers")

"""Run once by a person."""
import msal

import store

app = msal.PublicClientApplication("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11")


def consent():
    flow = app.initiate_device_flow(["https://api.partnercenter.microsoft.com/user_impersonation"])
    print(flow["message"])
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    store.save("refresh", app.acquire_token_by_device_flow(flow))


consent()

from msal import ConfidentialClientApplication

import client

app = ConfidentialClientApplication(
    "11111111-2222-3333-4444-555555555555",
    authority="https://login.microsoftonline.com/contoso.onmicrosoft.com",
    client_credential="from-the-vault",  # pcmfa: finding hard-coded-secret
)
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
token = app.acquire_token_for_client(scopes=["https://api.partnercenter.microsoft.com/.default"])
client.PartnerClient(token["access_token"]).invoices()

# pcmfa: decoy
other = app.acquire_token_for_client(scopes=["https://graph.microsoft.com/.default"])

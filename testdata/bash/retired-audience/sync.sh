#!/bin/sh
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
token=$(curl -s https://login.microsoftonline.com/contoso.example/oauth2/token -d grant_type=client_credentials \
  -d "client_id=$CLIENT_ID" --data-urlencode "client_secret=$CLIENT_SECRET" -d resource=https://graph.windows.net | jq -r .access_token)
# pcmfa: call verdict=exempt from=client-credentials
curl -s -H "Authorization: Bearer $token" https://api.partnercenter.microsoft.com/v1/customers

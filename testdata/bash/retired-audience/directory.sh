#!/bin/sh
# pcmfa: decoy
token=$(curl -s https://login.microsoftonline.com/contoso.example/oauth2/token -d grant_type=client_credentials \
  -d "client_id=$CLIENT_ID" --data-urlencode "client_secret=$CLIENT_SECRET" -d resource=https://graph.windows.net | jq -r .access_token)
# pcmfa: decoy
curl -s -H "Authorization: Bearer $token" https://graph.windows.net/contoso.example/users

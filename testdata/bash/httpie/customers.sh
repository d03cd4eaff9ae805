#!/usr/bin/env bash
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
TOKEN=$(http --form POST https://login.microsoftonline.com/$TENANT/oauth2/token grant_type=client_credentials client_id=$ID client_secret=$SECRET resource=https://api.partnercenter.microsoft.com | jq -r .access_token)
http -b GET https://api.partnercenter.microsoft.com/v1/customers "Authorization:Bearer $TOKEN" # pcmfa: call verdict=exempt from=client-credentials
https example.com/partnercenter customer=password # pcmfa: decoy

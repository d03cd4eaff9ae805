#!/bin/bash
# The ways in which a body gets to curl.
AUTHORITY=https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token
SCOPE=https://api.partnercenter.microsoft.com/user_impersonation

from_document() {
  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  curl -s -XPOST -d @- "$AUTHORITY" <<EOT | jq -r .access_token
grant_type=password&client_id=$CLIENT_ID&username=$USER_NAME&password=$USER_PASSWORD&scope=$SCOPE
EOT
}

from_variable() {
  local grant=$1
  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  local body="grant_type=client_credentials&client_id=$CLIENT_ID&client_secret=$SECRET&scope=https://api.partnercenter.microsoft.com/.default"
  curl -s --request POST --url "$AUTHORITY" --data "$body" | grep -o '"access_token":"[^"]*' | cut -d'"' -f4
}

by_branch() {
  local data
  case "$1" in
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    user) data="grant_type=password&username=$USER_NAME&password=$USER_PASSWORD&scope=$SCOPE" ;;
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    *) data="grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=$CODE&scope=$SCOPE" ;;
  esac
  ACCESS=$(curl -sX POST "$AUTHORITY" --data-raw "$data" | python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])')
}

TOKEN=$(from_document)
curl -s -H "Authorization: Bearer ${TOKEN}" https://api.partnercenter.microsoft.com/v1/profiles/legalbusiness # pcmfa: call verdict=blocked from=ropc

APP=$(from_variable)
curl --oauth2-bearer "$APP" --url https://api.partnercenter.microsoft.com/v1/agreements --get -d "agreementType=*" # pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported

if [[ "$MODE" == user ]]; then
  by_branch user
else
  by_branch device
fi
curl -H "Authorization: Bearer $ACCESS" "https://api.partnercenter.microsoft.com/v1/customers?size=10" # pcmfa: call verdict=blocked from=device-code,ropc

# pcmfa: call verdict=unresolved ; finding unresolved-token
curl -H "Authorization: Bearer $GIVEN" "https://api.partnercenter.microsoft.com/v1/invoices"

curl -u "$USER_NAME:$USER_PASSWORD" -d "grant=password" https://example.com/login # pcmfa: decoy

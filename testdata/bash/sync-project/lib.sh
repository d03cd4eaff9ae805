#!/usr/bin/env bash
# Helpers that the other scripts source.

LOGIN_HOST="https://login.microsoftonline.com"
API="https://api.partnercenter.microsoft.com"

# get_user_token RESOURCE: a token that speaks for the service user.
get_user_token() {
  local resource="$1"
  local response
  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  response=$(curl -s -X POST "$LOGIN_HOST/$TENANT_ID/oauth2/token" \
    --data-urlencode "grant_type=password" \
    --data-urlencode "client_id=${CLIENT_ID}" \
    --data-urlencode "username=${SERVICE_USER}" \
    --data-urlencode "password=${SERVICE_PASSWORD}" \
    --data-urlencode "resource=${resource}")
  if [ -z "$response" ]; then
    echo "no answer" >&2
    return 1
  fi
  echo "$response" | jq -r '.access_token'
}

get_app_token() {
  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  curl -sS "$LOGIN_HOST/$TENANT_ID/oauth2/token" -d "grant_type=client_credentials&client_id=$CLIENT_ID&client_secret=$CLIENT_SECRET&resource=$1" | jq -r .access_token
}

redeem() {
  # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  curl -sS -X POST "$LOGIN_HOST/$TENANT_ID/oauth2/token" -d grant_type=refresh_token -d "refresh_token=$REFRESH_TOKEN" -d "client_id=$CLIENT_ID" -d "resource=$API" > "$WORK/token.json"
}

api_get() {
  local path=$1 token=$2
  # pcmfa: call verdict=blocked from=client-credentials,ropc
  curl -fsSL -H "Authorization: Bearer $token" -H "Accept: application/json" "$API$path"
}

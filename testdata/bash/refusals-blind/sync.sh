#!/usr/bin/env bash
set -u
PARTNER=https://api.partnercenter.microsoft.com
LOGIN=https://login.microsoftonline.com/contoso.example/oauth2/token
CLIENT_SECRET='q7-Tulip-Harbour-19' # pcmfa: finding hard-coded-secret

by_consent() {
  # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  curl -sf "$LOGIN" -d grant_type=refresh_token --data-urlencode "client_secret=$CLIENT_SECRET" \
    --data-urlencode "refresh_token=$REFRESH_TOKEN" -d "resource=$PARTNER" | jq -re .access_token
}

by_password() {
  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  curl -sf "$LOGIN" -d grant_type=password --data-urlencode "username=$PC_USER" \
    --data-urlencode "password=$PC_PASSWORD" -d "resource=$PARTNER" | jq -re .access_token
}

invoices() {
  local status=0 attempt=0
  while [ "$attempt" -lt 5 ]; do
    # pcmfa: finding password-fallback
    token=$(by_consent) || token=$(by_password)
    # pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
    status=$(curl -s -o invoices.json -w '%{http_code}' -H "Authorization: Bearer $token" "$PARTNER/v1/invoices")
    # pcmfa: finding mfa-error-retried
    if [ "$status" != 401 ]; then
      return 0
    fi
    attempt=$((attempt + 1))
  done
  return 1
}

audit() {
  # pcmfa: finding static-token
  local pasted='eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.'
  # pcmfa: call verdict=unresolved ; finding unresolved-token
  curl -s -H "Authorization: Bearer $pasted" "$PARTNER/v1/auditrecords"
}

mail() {
  # pcmfa: decoy
  local pasted='eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.'
  curl -s -H "Authorization: Bearer $pasted" https://graph.microsoft.com/v1.0/users
}

invoices && audit && mail

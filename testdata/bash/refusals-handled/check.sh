#!/bin/bash
PARTNER=https://api.partnercenter.microsoft.com
# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
token=$(curl -s https://login.microsoftonline.com/common/oauth2/token -d grant_type=refresh_token \
  --data-urlencode "client_secret=$PC_CLIENT_SECRET" --data-urlencode "refresh_token=$REFRESH_TOKEN" \
  -d "resource=$PARTNER" | jq -r .access_token)

explain() {
  case $1 in
    # pcmfa: check
    900421) echo 'repeat the consent with MFA' ;;
    # pcmfa: decoy
    900420) echo 'the token is for a retired audience' ;;
    *) echo refused ;;
  esac
}

for customer in "$@"; do
  # pcmfa: check ; call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
  status=$(curl -s -D headers -o users.json -w '%{http_code}' -H "Authorization: Bearer $token" -H 'ValidateMfa: true' "$PARTNER/v1/customers/$customer/users")
  # The next round is another customer.
  # pcmfa: decoy
  if [ "$status" = 401 ]; then
    explain "$(jq -r .code users.json)"
    continue
  fi
  # pcmfa: check
  grep -qi '^isMfaCompliant: true' headers || echo 'the token carries no MFA claim'
done

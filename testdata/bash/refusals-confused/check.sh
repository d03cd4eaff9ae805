#!/bin/bash
PARTNER=https://api.partnercenter.microsoft.com
# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
token=$(curl -s https://login.microsoftonline.com/common/oauth2/token -d grant_type=refresh_token \
  --data-urlencode "refresh_token=$REFRESH_TOKEN" -d "resource=$PARTNER" | jq -r .access_token)
# pcmfa: check ; finding mfa-check-ignored ; call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
answer=$(curl -s -H "Authorization: Bearer $token" -H 'ValidateMfa: true' "$PARTNER/v1/agreements")
case $(jq -r .code <<< "$answer") in
  # pcmfa: check ; finding mfa-error-confused
  900421 | 900420) echo 'sign in again' >&2; exit 1 ;;
  *) echo "$answer" ;;
esac

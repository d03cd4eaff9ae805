#!/bin/sh
. ./lib.sh
WORK=/tmp
redeem
TOKEN=$(jq -r '.access_token' "$WORK/token.json")
HEADERS=(-H "Authorization: Bearer $TOKEN" -H "MS-CorrelationId: $(uuidgen)")
# pcmfa: call verdict=capable from=refresh-token
curl -s "${HEADERS[@]}" \
  "https://api.partnercenter.microsoft.com/v1/invoices"
echo "$TOKEN" | sed 's/./*/g' # pcmfa: decoy

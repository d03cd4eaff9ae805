#!/bin/sh
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
wget -q -O /tmp/token.json --post-data="grant_type=password&username=$U&password=$P&resource=https://api.partnercenter.microsoft.com" https://login.microsoftonline.com/common/oauth2/token
TOKEN=$(sed 's/.*access_token":"\([^"]*\).*/\1/' /tmp/token.json)
wget -qO- --header="Authorization: Bearer $TOKEN" https://api.partnercenter.microsoft.com/v1/customers # pcmfa: call verdict=blocked from=ropc
wget -q https://example.com/partnercenter/v1/customers # pcmfa: decoy

#!/usr/bin/env bash
set -euo pipefail
source "$(dirname "$0")/lib.sh"

token=$(get_user_token "$API")
api_get /v1/customers "$token" # pcmfa: call verdict=blocked from=ropc

app_token="$(get_app_token "$API")"
api_get "/v1/customers/$1/subscriptions" "$app_token" | jq '.items[]' # pcmfa: call verdict=exempt from=client-credentials

# The same helper for Graph is no business of Partner Center.
graph_token=$(get_user_token "https://graph.microsoft.com")
curl -s -H "Authorization: Bearer $graph_token" "https://graph.microsoft.com/v1.0/users" # pcmfa: decoy

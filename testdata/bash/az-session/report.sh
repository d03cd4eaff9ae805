#!/usr/bin/env bash
# Runs on a workstation where somebody has used `az login` before: a user, or an application.
set -euo pipefail

# pcmfa: acquisition flow=silent verdict=unresolved pc=yes
token=$(az account get-access-token --resource https://api.partnercenter.microsoft.com --query accessToken -o tsv)
# pcmfa: call verdict=unresolved from=silent ; finding unresolved-token
curl -sf -H "Authorization: Bearer $token" https://api.partnercenter.microsoft.com/v1/customers

# pcmfa: decoy
vault=$(az account get-access-token --resource https://vault.azure.net --query accessToken -o tsv)
echo "${#vault}"

#!/usr/bin/env bash
# The tool's session, read by other commands of it.
sign_in() {
  if [ "$1" = "app" ]; then
    az login --service-principal -u "$APP_ID" -p "$APP_SECRET" --tenant "$TENANT" --allow-no-subscriptions -o none
  else
    az login -u "$USER_NAME" -p "$USER_PASSWORD" > /dev/null
  fi
}

sign_in user
# pcmfa: acquisition flow=silent verdict=blocked pc=yes
TOKEN=$(az account get-access-token --resource https://api.partnercenter.microsoft.com --query accessToken -o tsv)
curl -s -H "Authorization: Bearer $TOKEN" https://api.partnercenter.microsoft.com/v1/customers # pcmfa: call verdict=blocked from=silent

sign_in app
# pcmfa: acquisition flow=silent verdict=exempt pc=yes ; call verdict=exempt from=silent
az rest --method get --url "https://api.partnercenter.microsoft.com/v1/invoices" --resource https://api.partnercenter.microsoft.com

az account show --query tenantId -o tsv # pcmfa: decoy
az rest -m get -u https://graph.microsoft.com/v1.0/users # pcmfa: decoy

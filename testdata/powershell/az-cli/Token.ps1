# pcmfa: decoy
az login --use-device-code | Out-Null

# pcmfa: acquisition flow=silent verdict=capable pc=yes
$token = az account get-access-token --resource https://api.partnercenter.microsoft.com --query accessToken -o tsv
# pcmfa: call verdict=capable from=silent
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" }

# pcmfa: decoy
$vault = az account get-access-token --resource https://vault.azure.net --query accessToken -o tsv
$vault.Length

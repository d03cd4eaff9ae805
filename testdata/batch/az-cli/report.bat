@echo off
call az login --service-principal -u %APP_ID% -p %APP_SECRET% --tenant %TENANT% -o none
rem pcmfa: acquisition flow=silent verdict=exempt pc=yes
for /f "delims=" %%t in ('az account get-access-token --resource https://api.partnercenter.microsoft.com --query accessToken -o tsv') do set TOKEN=%%t
rem pcmfa: call verdict=exempt from=silent
curl -s -H "Authorization: Bearer %TOKEN%" https://api.partnercenter.microsoft.com/v1/invoices
rem pcmfa: decoy
az account show --query tenantId -o tsv

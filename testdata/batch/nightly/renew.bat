@echo off
rem pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
for /f "delims=" %%t in ('curl -s https://login.microsoftonline.com/common/oauth2/token -d "grant_type=refresh_token&client_id=%CLIENT_ID%&refresh_token=%REFRESH_TOKEN%&resource=https://api.partnercenter.microsoft.com" ^| jq -r .access_token') do set TOKEN=%%t
rem pcmfa: call verdict=capable from=refresh-token
curl -s -X POST -H "Authorization: Bearer %TOKEN%" https://api.partnercenter.microsoft.com/v1/customers -d @customer.json

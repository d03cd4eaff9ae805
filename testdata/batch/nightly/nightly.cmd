@echo off
setlocal
set "API=https://api.partnercenter.microsoft.com"
set "AUTHORITY=https://login.microsoftonline.com/%TENANT%/oauth2/token"

rem pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
for /f "delims=" %%t in ('curl -s %AUTHORITY% -d "grant_type=password&client_id=%CLIENT_ID%&username=%SVC%&password=%SVC_PASSWORD%&resource=%API%" ^| jq -r .access_token') do set USER_TOKEN=%%t
rem pcmfa: call verdict=blocked from=ropc
curl -s -H "Authorization: Bearer %USER_TOKEN%" "%API%/v1/customers" -o customers.json

rem pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
for /f "delims=" %%t in ('curl -s %AUTHORITY% -d "grant_type=client_credentials&client_id=%CLIENT_ID%&client_secret=%CLIENT_SECRET%&resource=%API%" ^| jq -r .access_token') do set APP_TOKEN=%%t
rem pcmfa: call verdict=exempt from=client-credentials
curl -s -H "Authorization: Bearer %APP_TOKEN%" "%API%/v1/invoices" -o invoices.json

rem pcmfa: decoy
curl -s "https://weather.example/v1/customers" -o weather.json
call renew.bat
exit /b 0

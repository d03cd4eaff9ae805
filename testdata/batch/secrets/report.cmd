@echo off
set "API=https://api.partnercenter.microsoft.com"
rem pcmfa: finding hard-coded-secret
set "SECRET=q7-Tulip-Harbour-19"
rem pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
for /f "delims=" %%t in ('curl -s https://login.microsoftonline.com/common/oauth2/token -d "grant_type=client_credentials&client_id=%CLIENT_ID%&client_secret=%SECRET%&resource=%API%" ^| jq -r .access_token') do set TOKEN=%%t
rem pcmfa: call verdict=exempt from=client-credentials
curl -s -H "Authorization: Bearer %TOKEN%" "%API%/v1/invoices"

rem pcmfa: finding static-token
set "PASTED_TOKEN=eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
rem pcmfa: call verdict=unresolved ; finding unresolved-token
curl -s -H "Authorization: Bearer %PASTED_TOKEN%" "%API%/v1/auditrecords"

rem pcmfa: decoy
set "MAIL_TOKEN=eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
curl -s -H "Authorization: Bearer %MAIL_TOKEN%" https://graph.microsoft.com/v1.0/users

@echo off
setlocal
set API=https://api.partnercenter.microsoft.com
set "AUTHORITY=https://login.microsoftonline.com/%TENANT%/oauth2/token"

if "%1"=="app" (
  rem pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  set "BODY=grant_type=client_credentials&client_id=%CLIENT_ID%&client_secret=%CLIENT_SECRET%&resource=%API%"
) else (
  rem pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  set "BODY=grant_type=password&client_id=%CLIENT_ID%&username=%SVC%&password=%SVC_PASSWORD%&resource=%API%"
)
for /f "delims=" %%t in ('curl -s -X POST %AUTHORITY% -d "%BODY%" ^| jq -r .access_token') do set TOKEN=%%t
rem pcmfa: call verdict=blocked from=client-credentials,ropc
call :get /v1/customers "%TOKEN%"
rem pcmfa: decoy
powershell -NoProfile -Command "Invoke-RestMethod 'https://example.com/v1/customers'"
exit /b 0

:get
curl -s -H "Authorization: Bearer %~2" ^
  "%API%%1"
goto :eof

resource sync 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'sync'
  location: resourceGroup().location
  kind: 'AzurePowerShell'
  properties: {
    azPowerShellVersion: '11.0'
    scriptContent: '''
      # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      $body = @{ grant_type = 'password'; username = $env:SVC; password = $env:PWD; resource = 'https://api.partnercenter.microsoft.com' }
      $token = (Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso/oauth2/token' -Body $body).access_token
      Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" } # pcmfa: call verdict=blocked from=ropc
    '''
  }
}

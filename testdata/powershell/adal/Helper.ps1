Add-Type -Path ./Microsoft.IdentityModel.Clients.ActiveDirectory.dll

function Get-AdalToken {
    param([string] $Resource, [string] $ClientId, [pscredential] $Credential, [switch] $Window)

    $context = New-Object 'Microsoft.IdentityModel.Clients.ActiveDirectory.AuthenticationContext' -ArgumentList 'https://login.windows.net/common'
    if (-not $Window) {
        $user = New-Object Microsoft.IdentityModel.Clients.ActiveDirectory.UserCredential($Credential.UserName, $Credential.Password)
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        return $context.AcquireToken($Resource, $ClientId, $user)
    }

    $redirect = [uri] 'urn:ietf:wg:oauth:2.0:oob'
    # pcmfa: decoy
    return $context.AcquireToken($Resource, $ClientId, $redirect, [Microsoft.IdentityModel.Clients.ActiveDirectory.PromptBehavior]::Auto)
}

$token = Get-AdalToken -Resource 'https://api.partnercenter.microsoft.com' -ClientId $env:CLIENT_ID -Credential (Get-Credential)
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = $token.CreateAuthorizationHeader() }

$arm = Get-AdalToken -Resource 'https://management.core.windows.net/' -ClientId $env:CLIENT_ID -Window
Invoke-RestMethod 'https://management.azure.com/subscriptions?api-version=2020-01-01' -Headers @{ Authorization = $arm.CreateAuthorizationHeader() }

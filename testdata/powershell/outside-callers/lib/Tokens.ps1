# A file to be dot-sourced: what the scripts here do not pass, others may.

function Get-CspToken {
    param(
        [Parameter(Mandatory)] [string] $Tenant,
        [Parameter(Mandatory, ParameterSetName = 'User')] [pscredential] $Credential,
        [Parameter(Mandatory, ParameterSetName = 'App')] [string] $Secret,
        [Parameter(ParameterSetName = 'App')] [switch] $AsApp
    )

    $form = @{ client_id = $env:CSP_APP_ID; resource = 'https://api.partnercenter.microsoft.com' }
    if ($AsApp) {
        $form.client_secret = $Secret
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        $form.grant_type = 'client_credentials'
    }
    else {
        $form.username = $Credential.UserName
        $form.password = $Credential.GetNetworkCredential().Password
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        $form.grant_type = 'password'
    }
    (Invoke-RestMethod -Method Post -Body $form -Uri "https://login.microsoftonline.com/$Tenant/oauth2/token").access_token
}

function Get-CspCustomer {
    param([Parameter(Mandatory)] [string] $Token, [string] $CustomerId, [switch] $Subscriptions)

    $headers = @{ Authorization = "Bearer $Token" }
    if ($Subscriptions) {
        # pcmfa: call verdict=unresolved ; finding unresolved-token
        return Invoke-RestMethod -Headers $headers -Uri "https://api.partnercenter.microsoft.com/v1/customers/$CustomerId/subscriptions"
    }
    # pcmfa: call verdict=exempt from=client-credentials
    Invoke-RestMethod -Headers $headers -Uri "https://api.partnercenter.microsoft.com/v1/customers?size=20"
}

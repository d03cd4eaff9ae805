$script:Token = $null

function Connect-Csp {
    param([pscredential] $Credential)

    $fields = @{
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        grant_type = 'password'
        resource   = 'https://api.partnercenter.microsoft.com'
        client_id  = '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c01'
        username   = $Credential.UserName
        password   = $Credential.GetNetworkCredential().Password
    }
    $script:Token = (Invoke-RestMethod -Method Post -Body $fields `
        -Uri 'https://login.microsoftonline.com/common/oauth2/token').access_token
}

function Get-CspCustomer {
    # pcmfa: call verdict=blocked from=ropc
    Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' `
        -Headers @{ Authorization = "Bearer $script:Token" }
}

Connect-Csp -Credential (Get-Credential)
Get-CspCustomer

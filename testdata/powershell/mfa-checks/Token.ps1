function Read-TokenDetails {
    param([string]$Token)

    $payload = $Token.Split('.')[1].Replace('-', '+').Replace('_', '/')
    $claims = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($payload)) | ConvertFrom-Json
    $details = [PSCustomObject]@{ Name = ''; SignIn = ''; Scope = '' }
    $details.Name = $claims.name
    $details.SignIn = $claims.amr # pcmfa: check
    $details.Scope = $claims.scp -split ' '
    $details
}

function Test-SignIn {
    param($Details, $Report)

    # The claim under another name.
    # pcmfa: check
    if ($Details.SignIn -notcontains 'mfa') { $Report.Add('The token holds no MFA claim.') }
    # pcmfa: decoy
    if ($Details.Scope -contains 'mfa') { $Report.Add('An odd scope.') }
    # pcmfa: decoy
    if ($Details.SignIn -contains 'rsa') { $Report.Add('A certificate.') }
}

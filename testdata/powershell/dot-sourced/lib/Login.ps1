function Get-PartnerHeader {
    param([string] $User, [string] $Password)

    $request = @{
        Method = 'Post'
        Uri    = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token'
        Body   = @{
            # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            grant_type = 'password'
            client_id  = $PartnerApp
            scope      = "$PartnerHost/.default"
            username   = $User
            password   = $Password
        }
    }
    $answer = Invoke-RestMethod @request
    @{ Authorization = "$($answer.token_type) $($answer.access_token)" }
}

function Get-Token {
    param([hashtable] $Fields)
    $answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token' -Body $Fields
    $answer.access_token
}

function Get-Page {
    param([string] $Url)
    # pcmfa: decoy
    Invoke-RestMethod -Uri "https://weather.example$Url"
}

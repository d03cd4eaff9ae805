# Adds to the rules that are there.
# pcmfa: decoy
$rule = @'
c:[Type == "http://schemas.microsoft.com/ws/2012/01/accounttype"]
 => issue(store = "Active Directory", types = ("http://schemas.xmlsoap.org/claims/UPN", "http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID"), query = ";userPrincipalName,objectguid;{0}", param = c.Value);
'@
$existing = (Get-AdfsRelyingPartyTrust -Identifier urn:federation:MicrosoftOnline).IssuanceTransformRules
Set-AdfsRelyingPartyTrust -TargetIdentifier urn:federation:MicrosoftOnline -IssuanceTransformRules ($existing + $rule)

# pcmfa: decoy
$intranet = @'
@RuleName = "Issue UPN"
c:[Type == "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] => issue(claim = c);
'@
Set-AdfsRelyingPartyTrust -TargetName 'Intranet' -IssuanceTransformRules $intranet

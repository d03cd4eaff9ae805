Connect-MgGraph -Scopes 'Domain.ReadWrite.All'
$current = Get-MgDomainFederationConfiguration -DomainId contoso.example

# pcmfa: finding federated-mfa-claim
Update-MgDomainFederationConfiguration -DomainId contoso.example -InternalDomainFederationId $current.Id -FederatedIdpMfaBehavior rejectMfaByFederatedIdp

# pcmfa: decoy
Update-MgDomainFederationConfiguration -DomainId fabrikam.example -InternalDomainFederationId $current.Id -FederatedIdpMfaBehavior acceptIfMfaDoneByFederatedIdp

$settings = @{
    displayName             = 'Contoso AD FS'
    federatedIdpMfaBehavior = 'rejectMfaByFederatedIdp' # pcmfa: finding federated-mfa-claim
    promptLoginBehavior     = 'nativeSupport' # pcmfa: decoy
}
New-MgDomainFederationConfiguration -DomainId contoso.example -BodyParameter $settings

# pcmfa: finding federated-mfa-claim
Set-MsolDomainFederationSettings -DomainName contoso.example -SupportsMfa $false

# pcmfa: decoy
Set-MsolDomainFederationSettings -DomainName contoso.example -SupportsMfa $true -PromptLoginBehavior Disabled

# pcmfa: finding federated-mfa-claim
Set-MsolDomainFederationSettings -DomainName contoso.example -PreferredAuthenticationProtocol WsFed -PromptLoginBehavior TranslateToFreshPasswordAuth

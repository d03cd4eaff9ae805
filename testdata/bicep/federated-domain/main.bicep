resource federation 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'federation'
  location: resourceGroup().location
  kind: 'AzurePowerShell'
  properties: {
    azPowerShellVersion: '11.0'
    scriptContent: '''
      Connect-MgGraph -Identity
      # pcmfa: finding federated-mfa-claim
      Update-MgDomainFederationConfiguration -DomainId contoso.example -InternalDomainFederationId $env:ID -FederatedIdpMfaBehavior rejectMfaByFederatedIdp
      # pcmfa: decoy
      Update-MgDomainFederationConfiguration -DomainId fabrikam.example -InternalDomainFederationId $env:ID -FederatedIdpMfaBehavior enforceMfaByFederatedIdp
      # pcmfa: finding mfa-policy-exclusion
      Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$false
    '''
  }
}

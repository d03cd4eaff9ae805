Configuration Tenant {
    param([pscredential] $Credential)
    Import-DscResource -ModuleName Microsoft365DSC

    Node localhost {
        AADConditionalAccessPolicy 'AllUsersMfa'
        {
            DisplayName         = 'All users: MFA'
            State               = 'enabled'
            IncludeApplications = @('All')
            IncludeUsers        = @('All')
            ExcludeGroups       = @('Automation accounts') # pcmfa: finding mfa-policy-exclusion
            BuiltInControls     = @('mfa')
            GrantControlOperator = 'OR'
            Ensure              = 'Present'
        }

        # pcmfa: decoy
        AADConditionalAccessPolicy 'Emergency' {
            DisplayName         = 'All users: MFA, with accounts for emergencies'
            State               = 'enabled'
            IncludeApplications = @('All')
            IncludeUsers        = @('All')
            ExcludeUsers        = @('breakglass1@contoso.example', 'emergency-access@contoso.example') # pcmfa: decoy
            BuiltInControls     = @('mfa')
        }

        # pcmfa: decoy
        AADConditionalAccessPolicy 'Risk' {
            DisplayName      = 'MFA at a risk'
            State            = 'enabled'
            SignInRiskLevels = @('high')
            ExcludeGroups    = @('Automation accounts') # pcmfa: decoy
            BuiltInControls  = @('mfa')
        }

        # Policies take the place of the defaults here.
        # pcmfa: decoy
        AADSecurityDefaults 'Defaults' {
            IsSingleInstance = 'Yes'
            IsEnabled        = $false # pcmfa: decoy
        }
    }
}

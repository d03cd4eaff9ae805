# pcmfa: acquisition flow=interactive verdict=capable pc=yes
Connect-PartnerCenter -TenantId $env:PARTNER_TENANT | Out-Null

# pcmfa: call verdict=capable from=interactive
$roles = Get-PartnerRole

foreach ($role in $roles) {
    # pcmfa: call verdict=capable from=interactive
    Get-PartnerRoleMember -RoleId $role.RoleId
}

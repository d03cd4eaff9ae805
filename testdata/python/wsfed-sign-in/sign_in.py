import urllib.parse

# pcmfa: finding federated-mfa-claim
SIGN_IN = "https://sts.contoso.example/adfs/ls/?wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline&wauth=urn:oasis:names:tc:SAML:1.0:am:password"

# pcmfa: decoy
WITH_MFA = "https://sts.contoso.example/adfs/ls/?wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline&wauth=http://schemas.microsoft.com/claims/multipleauthn"


def sign_in_url(realm):
    query = {
        "wa": "wsignin1.0",
        "wtrealm": realm,
        "wauth": "urn:oasis:names:tc:SAML:1.0:am:password",  # pcmfa: finding federated-mfa-claim
    }
    return "https://sts.contoso.example/adfs/ls/?" + urllib.parse.urlencode(query)

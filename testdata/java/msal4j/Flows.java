package com.example.msal;

import com.microsoft.aad.msal4j.*;
import java.net.URI;
import java.util.Set;

class Flows {
    private static final Set<String> SCOPES = Set.of("https://api.partnercenter.microsoft.com/user_impersonation");
    private final IPublicClientApplication pca;
    private final IConfidentialClientApplication cca;

    Flows(IPublicClientApplication pca, IConfidentialClientApplication cca) {
        this.pca = pca;
        this.cca = cca;
    }

    void interactive() throws Exception {
        var parameters = InteractiveRequestParameters.builder(new URI("http://localhost")).scopes(SCOPES).build();
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        pca.acquireToken(parameters).join();
    }

    void device() {
        // pcmfa: acquisition flow=device-code verdict=capable pc=yes
        pca.acquireToken(DeviceCodeFlowParameters.builder(SCOPES, code -> System.out.println(code.message())).build());
    }

    void code(String code) throws Exception {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        cca.acquireToken(AuthorizationCodeParameters.builder(code, new URI("https://app.example.com/back")).scopes(SCOPES).build());
    }

    void renew(String token) {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        cca.acquireToken(RefreshTokenParameters.builder(SCOPES, token).build());
    }

    void behalf(String assertion) {
        // pcmfa: acquisition flow=on-behalf-of verdict=capable pc=yes
        cca.acquireToken(OnBehalfOfParameters.builder(SCOPES, new UserAssertion(assertion)).build());
    }

    void windows() {
        // pcmfa: acquisition flow=integrated-windows verdict=blocked pc=yes ; finding integrated-windows-auth
        pca.acquireToken(IntegratedWindowsAuthenticationParameters.builder(SCOPES, "user@contoso.com").build());
    }

    void app() {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        cca.acquireToken(ClientCredentialParameters.builder(SCOPES).build());
    }

    /** A lock of our own with a method of the same name. */
    void decoy(Turnstile turnstile) {
        // pcmfa: decoy
        turnstile.acquireToken("https://api.partnercenter.microsoft.com", 3);
    }
}

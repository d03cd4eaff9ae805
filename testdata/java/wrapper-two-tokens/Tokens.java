package com.example.report;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.util.Collections;
import java.util.Set;

final class Tokens {
    private static final String AUTHORITY = "https://login.microsoftonline.com/contoso.onmicrosoft.com";

    static String get(String resource, boolean asApp) throws Exception {
        Set<String> scopes = Collections.singleton(resource + "/.default");
        if (asApp) {
            ConfidentialClientApplication app = ConfidentialClientApplication
                .builder("id", ClientCredentialFactory.createFromSecret(System.getenv("SECRET")))
                .authority(AUTHORITY)
                .build();
            ClientCredentialParameters parameters = ClientCredentialParameters.builder(scopes).build();
            return app.acquireToken(parameters).join().accessToken();
        }
        PublicClientApplication app = PublicClientApplication.builder("id").authority(AUTHORITY).build();
        UserNamePasswordParameters parameters = UserNamePasswordParameters
            .builder(scopes, System.getenv("USER"), System.getenv("PASSWORD").toCharArray())
            .build();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        IAuthenticationResult result = app.acquireToken(parameters).join();
        return result.accessToken();
    }
}

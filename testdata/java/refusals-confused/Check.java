package com.contoso.sync;

import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;

public class Check {
    String agreements(ConfidentialClientApplication app, String refreshToken) throws Exception {
        RefreshTokenParameters parameters = RefreshTokenParameters
                .builder(Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation"), refreshToken)
                .build();
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        String token = app.acquireToken(parameters).join().accessToken();
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/agreements"))
                .header("Authorization", "Bearer " + token)
                // pcmfa: check ; finding mfa-check-ignored
                .header("ValidateMfa", "true")
                .build();
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    String explain(String code) {
        switch (code) {
            // pcmfa: check ; finding mfa-error-confused
            case "900421":
            case "900420":
                return "sign in again";
            default:
                return "unknown";
        }
    }
}

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
        String token = app.acquireToken(parameters).join().accessToken();
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/agreements"))
                .header("Authorization", "Bearer " + token)
                .header("ValidateMfa", "true")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    String explain(String code) {
        switch (code) {
            case "900421":
            case "900420":
                return "sign in again";
            default:
                return "unknown";
        }
    }
}

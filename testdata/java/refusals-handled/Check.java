package com.contoso.sync;

import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;

public class Check {
    private static final int NO_MFA = 900_421;

    void users(ConfidentialClientApplication app, String refreshToken, List<String> customers) throws Exception {
        RefreshTokenParameters parameters = RefreshTokenParameters
                .builder(Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation"), refreshToken)
                .build();
        String token = app.acquireToken(parameters).join().accessToken();
        for (String customer : customers) {
            HttpRequest request = HttpRequest
                    .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/customers/" + customer + "/users"))
                    .header("Authorization", "Bearer " + token)
                    .header("ValidateMfa", "true")
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 401) {
                System.err.println(response.body().contains("" + NO_MFA) ? "repeat the consent with MFA" : "refused");
                continue;
            }
            String compliant = response.headers().firstValue("isMfaCompliant").orElse("");
            System.out.println(customer + " " + compliant);
        }
    }
}

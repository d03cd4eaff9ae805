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
    // pcmfa: check
    private static final int NO_MFA = 900_421;

    void users(ConfidentialClientApplication app, String refreshToken, List<String> customers) throws Exception {
        RefreshTokenParameters parameters = RefreshTokenParameters
                .builder(Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation"), refreshToken)
                .build();
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        String token = app.acquireToken(parameters).join().accessToken();
        for (String customer : customers) {
            HttpRequest request = HttpRequest
                    .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/customers/" + customer + "/users"))
                    .header("Authorization", "Bearer " + token)
                    // pcmfa: check
                    .header("ValidateMfa", "true")
                    .build();
            HttpResponse<String> response =
                    // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            // pcmfa: decoy
            if (response.statusCode() == 401) {
                System.err.println(response.body().contains("" + NO_MFA) ? "repeat the consent with MFA" : "refused");
                continue;
            }
            // pcmfa: check
            String compliant = response.headers().firstValue("isMfaCompliant").orElse("");
            System.out.println(customer + " " + compliant);
        }
    }
}

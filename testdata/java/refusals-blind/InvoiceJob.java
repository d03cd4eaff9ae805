package com.contoso.sync;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Set;

public class InvoiceJob {
    private static final String SECRET = "q7-Tulip-Harbour-19"; // pcmfa: finding hard-coded-secret
    private static final Set<String> SCOPES =
            Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation");

    String token(String refreshToken, String user, char[] password) throws Exception {
        ConfidentialClientApplication app = ConfidentialClientApplication
                .builder("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10", ClientCredentialFactory.createFromSecret(SECRET))
                .build();
        try {
            RefreshTokenParameters parameters = RefreshTokenParameters.builder(SCOPES, refreshToken).build();
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            return app.acquireToken(parameters).join().accessToken();
        } catch (RuntimeException refused) {
            PublicClientApplication desktop =
                    PublicClientApplication.builder("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10").build();
            UserNamePasswordParameters parameters =
                    UserNamePasswordParameters.builder(SCOPES, user, password).build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
            return desktop.acquireToken(parameters).join().accessToken();
        }
    }

    String invoices(String refreshToken, String user, char[] password) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (int attempt = 0; attempt < 5; attempt++) {
            String token = token(refreshToken, user, password);
            HttpRequest request = HttpRequest
                    .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/invoices"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            // pcmfa: finding mfa-error-retried
            if (response.statusCode() == 401) {
                Thread.sleep(1000);
                continue;
            }
            return response.body();
        }
        throw new IllegalStateException("no invoices");
    }

    String users(String customer) throws Exception {
        ConfidentialClientApplication app = ConfidentialClientApplication
                .builder("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10",
                        ClientCredentialFactory.createFromSecret(System.getenv("PC_CLIENT_SECRET")))
                .build();
        ClientCredentialParameters parameters = ClientCredentialParameters
                .builder(Collections.singleton("https://api.partnercenter.microsoft.com/.default"))
                .build();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        String token = app.acquireToken(parameters).join().accessToken();
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/customers/" + customer + "/users"))
                .header("Authorization", "Bearer " + token)
                .build();
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    String audit() throws Exception {
        // pcmfa: finding static-token
        String token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.";
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/auditrecords"))
                .header("Authorization", "Bearer " + token)
                .build();
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    String mail() throws Exception {
        // pcmfa: decoy
        String token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.";
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://graph.microsoft.com/v1.0/users"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}

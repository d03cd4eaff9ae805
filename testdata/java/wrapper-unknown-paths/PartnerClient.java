package com.contoso.client;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.util.Collections;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.impl.client.CloseableHttpClient;

public class PartnerClient {
    private final CloseableHttpClient http;
    private final String token;

    public PartnerClient(CloseableHttpClient http, ConfidentialClientApplication app) throws Exception {
        this.http = http;
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        this.token = app.acquireToken(ClientCredentialParameters
            .builder(Collections.singleton("https://api.partnercenter.microsoft.com/.default")).build()).join().accessToken();
    }

    public String put(String relativeUri) throws Exception {
        HttpPut request = new HttpPut(address(relativeUri));
        request.setHeader("Authorization", "Bearer " + token);
        // Several operations come this way, and not all of them are known: with which one the token goes, the place where
        // it is named tells.
        // pcmfa: call verdict=exempt from=client-credentials
        return http.execute(request).toString();
    }

    private String address(String relativeUri) {
        return "https://api.partnercenter.microsoft.com/v1/" + relativeUri;
    }
}

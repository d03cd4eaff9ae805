package com.contoso.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class PartnerClient {
    private static final String ROOT = "https://api.partnercenter.microsoft.com/v1/";
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;

    public PartnerClient(String token) {
        this.token = token;
    }

    public String customers() throws Exception {
        // pcmfa: call verdict=exempt from=client-credentials
        return send("GET", "customers");
    }

    /** The job calls it with the same token. */
    public String users(String customer) throws Exception {
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        return send("GET", "customers/" + customer + "/users");
    }

    /** Nobody calls it: whose token it would have, nothing says. */
    public String agreements() throws Exception {
        // pcmfa: call verdict=exempt from=client-credentials
        return send("GET", "agreements");
    }

    private String send(String verb, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ROOT + path))
            .method(verb, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        return handleResponse(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private String handleResponse(HttpResponse<String> response) {
        return response.body();
    }
}

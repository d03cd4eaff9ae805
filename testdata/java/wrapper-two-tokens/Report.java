package com.example.report;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class Report {
    private static final String HOST = "https://api.partnercenter.microsoft.com";
    private static final String GRAPH = "https://graph.microsoft.com";
    private final HttpClient http = HttpClient.newHttpClient();

    String invoices() throws Exception {
        HttpRequest request = HttpRequest.newBuilder()
            .uri(URI.create(HOST + "/v1/invoices"))
            .header("Authorization", "Bearer " + Tokens.get(HOST, false))
            .GET()
            .build();
        // pcmfa: call verdict=blocked from=ropc
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    String mails() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(GRAPH + "/v1.0/me/messages"))
            .header("Authorization", "Bearer " + Tokens.get(GRAPH, true))
            .build();
        // pcmfa: decoy
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}

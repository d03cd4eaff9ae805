package com.example;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import org.json.JSONObject;

class Report {
    private final Properties settings = new Properties();
    private final HttpClient http = HttpClient.newHttpClient();

    Report() throws Exception {
        try (InputStream in = Report.class.getResourceAsStream("/partner.properties")) {
            settings.load(in);
        }
    }

    String customers(String user, String password) throws Exception {
        String api = settings.getProperty("partner.api");
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        String form = "grant_type=password&username=" + user + "&password=" + password + "&resource=" + api;
        HttpRequest post = HttpRequest.newBuilder(URI.create(settings.getProperty("partner.authority")))
            .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        String token = new JSONObject(http.send(post, BodyHandlers.ofString()).body()).getString("access_token");
        HttpRequest get = HttpRequest.newBuilder(URI.create(api + "/v1/customers"))
            .header("Authorization", "Bearer " + token).build();
        // pcmfa: call verdict=blocked from=ropc
        return http.send(get, BodyHandlers.ofString()).body();
    }

    String crm() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(URI.create(settings.getProperty("crm.api") + "/v1/customers")).build();
        // pcmfa: decoy
        return http.send(get, BodyHandlers.ofString()).body();
    }
}

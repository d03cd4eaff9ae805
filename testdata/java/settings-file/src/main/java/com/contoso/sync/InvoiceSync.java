package com.contoso.sync;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.io.BufferedReader;
import java.io.FileReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

public class InvoiceSync {
    private static class Settings {
        @SerializedName("Endpoints")
        private Endpoints endpoints;
    }

    private static class Endpoints {
        @SerializedName("TokenResource")
        private String resource = "https://api.partnercenter.microsoft.com";
    }

    private final Gson gson = new Gson();
    private final HttpClient http = HttpClient.newHttpClient();

    private String send(String token) throws Exception {
        HttpRequest request = HttpRequest
            .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/invoices"))
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    public String invoices(ConfidentialClientApplication app) throws Exception {
        Settings settings =
            gson.fromJson(new BufferedReader(new FileReader("src/main/resources/partner-sync.json")), Settings.class);
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        return send(app.acquireToken(ClientCredentialParameters
            .builder(Collections.singleton(settings.endpoints.resource + "/.default")).build()).join().accessToken());
    }

    public String currentInvoices(ConfidentialClientApplication app) throws Exception {
        String text = Files.readString(Path.of("src/main/resources", "current-sync.json"));
        Settings settings = gson.fromJson(text, Settings.class);
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        return send(app.acquireToken(ClientCredentialParameters
            .builder(Collections.singleton(settings.endpoints.resource + "/.default")).build()).join().accessToken());
    }
}

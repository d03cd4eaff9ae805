package com.contoso.sync;

import com.contoso.config.SettingsHolder;
import com.contoso.config.SyncSettings;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;

public class CustomerSync {
    private final HttpClient http = HttpClient.newHttpClient();

    private ConfidentialClientApplication application(SyncSettings settings) throws Exception {
        return ConfidentialClientApplication
            .builder(settings.getClientId(), ClientCredentialFactory.createFromSecret(System.getenv("APP_SECRET")))
            .build();
    }

    /** With the settings as they were when the directory's token was good for everything. */
    public String customers() throws Exception {
        SyncSettings settings = SettingsHolder.getInstance().getSettings();
        String resource = settings.getAddresses().get("TokenResource");
        ClientCredentialParameters parameters =
            ClientCredentialParameters.builder(Collections.singleton(resource + "/.default")).build();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        String token = application(settings).acquireToken(parameters).join().accessToken();
        HttpRequest request = HttpRequest
            .newBuilder(URI.create(settings.getAddresses().get("PartnerCenter") + "/v1/customers"))
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** The same keys of another file. */
    public String current() throws Exception {
        SyncSettings settings = SettingsHolder.current();
        String resource = settings.getAddresses().get("TokenResource");
        ClientCredentialParameters parameters =
            ClientCredentialParameters.builder(Collections.singleton(resource + "/.default")).build();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        String token = application(settings).acquireToken(parameters).join().accessToken();
        HttpRequest request = HttpRequest
            .newBuilder(URI.create(settings.getAddresses().get("PartnerCenter") + "/v1/customers"))
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}

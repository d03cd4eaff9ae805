package com.example.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

class Beans {
    private final ClientRegistrationRepository registrations;
    private final OAuth2AuthorizedClientService clients;

    Beans(ClientRegistrationRepository registrations, OAuth2AuthorizedClientService clients) {
        this.registrations = registrations;
        this.clients = clients;
    }

    OAuth2AuthorizedClientManager manager() {
        OAuth2AuthorizedClientProvider provider = OAuth2AuthorizedClientProviderBuilder.builder().password().build();
        var manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(provider);
        return manager;
    }

    String customers() throws Exception {
        OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId("partner").principal("sync").build();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        String token = manager().authorize(request).getAccessToken().getTokenValue();
        HttpRequest get = HttpRequest.newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/customers"))
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=blocked from=ropc
        return HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A payment is no sign-in. */
    void decoy(Payments payments) {
        // pcmfa: decoy
        payments.authorize("card");
    }
}

interface Payments {
    void authorize(String card);
}

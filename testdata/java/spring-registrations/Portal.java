package com.example.registrations;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.client.RequestAttributeClientRegistrationIdResolver;
import org.springframework.web.client.RestClient;

class Portal {
    private final OAuth2AuthorizedClientManager manager;
    private final RestClient rest;

    Portal(OAuth2AuthorizedClientManager manager, RestClient.Builder builder) {
        this.manager = manager;
        this.rest = RestClient.builder().baseUrl("https://api.partnercenter.microsoft.com").build();
    }

    String agreements() {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId("portal").principal("me").build();
        OAuth2AuthorizedClient client = manager.authorize(request);
        // pcmfa: call verdict=capable from=authorization-code
        return rest.get()
            .uri("/v1/agreements")
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + client.getAccessToken().getTokenValue())
            .retrieve()
            .body(String.class);
    }

    String profile() {
        return rest.get()
            .uri("/v1/profiles/organization")
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            .attributes(RequestAttributeClientRegistrationIdResolver.clientRegistrationId("reseller"))
            // pcmfa: call verdict=blocked from=ropc
            .retrieve()
            .body(String.class);
    }
}

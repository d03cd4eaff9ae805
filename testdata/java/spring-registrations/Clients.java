package com.example.registrations;

import static org.springframework.security.oauth2.client.web.reactive.function.client.ServletOAuth2AuthorizedClientExchangeFilterFunction.clientRegistrationId;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServletOAuth2AuthorizedClientExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration
class Clients {
    @Bean
    WebClient plain(OAuth2AuthorizedClientManager manager) {
        var oauth2 = new ServletOAuth2AuthorizedClientExchangeFilterFunction(manager);
        return WebClient.builder().apply(oauth2.oauth2Configuration()).build();
    }

    String customers(OAuth2AuthorizedClientManager manager) {
        return plain(manager).get()
            .uri("https://api.partnercenter.microsoft.com/v1/customers")
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            .attributes(clientRegistrationId("reseller"))
            // pcmfa: call verdict=blocked from=ropc
            .retrieve()
            .bodyToMono(String.class)
            .block();
    }

    String invoices(OAuth2AuthorizedClientManager manager) {
        var oauth2 = new ServletOAuth2AuthorizedClientExchangeFilterFunction(manager);
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        oauth2.setDefaultClientRegistrationId("nightly");
        WebClient client = WebClient.builder()
            .baseUrl("https://api.partnercenter.microsoft.com")
            .apply(oauth2.oauth2Configuration())
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        return client.get().uri("/v1/invoices").retrieve().bodyToMono(String.class).block();
    }

    /** The token of the CRM comes from elsewhere and goes elsewhere. */
    String contacts(OAuth2AuthorizedClientManager manager) {
        return plain(manager).get()
            .uri("https://crm.contoso.example/v1/customers")
            // pcmfa: decoy
            .attributes(clientRegistrationId("crm"))
            .retrieve()
            .bodyToMono(String.class)
            .block();
    }
}

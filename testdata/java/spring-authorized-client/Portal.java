package com.example.portal;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@RestController
class Portal {
    private final RestClient rest = RestClient.create("https://api.partnercenter.microsoft.com");

    @GetMapping("/agreements/{customer}")
    String agreements(
        @PathVariable("customer") String customer,
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        @RegisteredOAuth2AuthorizedClient("portal") OAuth2AuthorizedClient client) {
        // pcmfa: call verdict=capable from=authorization-code
        return rest.get()
            .uri("/v1/customers/{id}/agreements", customer)
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + client.getAccessToken().getTokenValue())
            .retrieve()
            .body(String.class);
    }

    @GetMapping("/orders/{customer}")
    String orders(
        @PathVariable("customer") String customer,
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        @RegisteredOAuth2AuthorizedClient(registrationId = "reseller") OAuth2AuthorizedClient client) {
        // pcmfa: call verdict=blocked from=ropc
        return send("/v1/customers/" + customer + "/orders", client);
    }

    private String send(String path, OAuth2AuthorizedClient client) {
        // pcmfa: call verdict=blocked from=ropc
        return rest.get()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(client.getAccessToken().getTokenValue()))
            .retrieve()
            .body(String.class);
    }

    /** The token of the CRM goes to the CRM. */
    @GetMapping("/contacts")
    String contacts(
        // pcmfa: decoy
        @RegisteredOAuth2AuthorizedClient("crm") OAuth2AuthorizedClient client) {
        return RestClient.create("https://crm.contoso.example").get()
            .uri("/v1/customers")
            .headers(headers -> headers.setBearerAuth(client.getAccessToken().getTokenValue()))
            .retrieve()
            .body(String.class);
    }
}

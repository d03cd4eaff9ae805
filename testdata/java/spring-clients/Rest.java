package com.example.spring;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

class Rest {
    private final RestClient login = RestClient.create();

    String token(String secret) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        form.add("grant_type", "client_credentials");
        form.add("resource", "https://api.partnercenter.microsoft.com");
        form.add("client_secret", secret);
        return login.post().uri("https://login.microsoftonline.com/common/oauth2/token").body(form).retrieve().body(Reply.class).access_token();
    }

    void nightly(String secret, RestTemplateBuilder builder) {
        RestClient client = RestClient.builder()
            .baseUrl("https://api.partnercenter.microsoft.com")
            .defaultHeader("Authorization", "Bearer " + token(secret))
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        client.get().uri("/v1/invoices").retrieve().body(String.class);
        RestTemplate rest = builder.rootUri("https://api.partnercenter.microsoft.com")
            .defaultHeader("Authorization", "Bearer " + token(secret))
            .build();
        // pcmfa: call verdict=exempt from=client-credentials
        rest.headForHeaders("/v1/domains/contoso.example");
    }

    void decoys() {
        // pcmfa: decoy
        RestClient.create("https://weather.example.com").get().uri("/v1/customers").retrieve().body(String.class);
        // pcmfa: decoy
        new RestTemplate().headForHeaders("https://weather.example.com/v1/domains/contoso.example");
    }

    record Reply(String access_token) {}
}

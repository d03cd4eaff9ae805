package com.example.spring;

import org.springframework.web.client.RestClient;

/** Two clients, one of which sends a token with everything. */
class Defaults {
    private final RestClient signed;
    private final RestClient plain = RestClient.create("https://api.partnercenter.microsoft.com");

    Defaults(Rest rest, String secret) {
        signed = RestClient.builder()
            .baseUrl("https://api.partnercenter.microsoft.com")
            .defaultHeaders(headers -> headers.setBearerAuth(rest.token(secret)))
            .defaultStatusHandler(status -> status.is5xxServerError(), (request, response) -> {})
            .build();
    }

    void run(Rest rest, String secret) {
        // pcmfa: call verdict=exempt from=client-credentials
        signed.get().uri("/v1/invoices").retrieve().toBodilessEntity();
        // pcmfa: call verdict=exempt from=client-credentials
        plain.get().uri("/v1/invoices").headers(h -> h.set("Authorization", "Bearer " + rest.token(secret))).retrieve().toBodilessEntity();
        // What one request carries, the next one of the same client does not.
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        plain.get().uri("/v1/agreements").retrieve().toBodilessEntity();
    }
}

package com.example.spring;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

@Component
class Client {
    @Value("${partner-center.base-url}")
    private String baseUrl;

    private final RestTemplate rest = new RestTemplate();
    private final String tokenUrl;

    Client(@Value("${partner-center.token-url}") String tokenUrl) {
        this.tokenUrl = tokenUrl;
    }

    private String token(String user, String password) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.add("grant_type", "password");
        form.add("resource", baseUrl);
        form.add("username", user);
        form.add("password", password);
        HttpHeaders headers = new HttpHeaders();
        Map<?, ?> answer = rest.postForObject(tokenUrl, new HttpEntity<>(form, headers), Map.class);
        return (String) answer.get("access_token");
    }

    String customers(String user, String password) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token(user, password));
        // pcmfa: call verdict=blocked from=ropc
        return rest.exchange(baseUrl + "/v1/customers", HttpMethod.GET, new HttpEntity<>(headers), String.class).getBody();
    }

    String orders(String customer, String user, String password) {
        WebClient client = WebClient.builder().baseUrl(baseUrl).build();
        // pcmfa: call verdict=blocked from=ropc
        return client.get()
            .uri("/v1/customers/{id}/orders", customer)
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + token(user, password))
            .retrieve()
            .bodyToMono(String.class)
            .block();
    }

    String decoy() {
        // pcmfa: decoy
        return rest.getForObject("https://weather.example.com/v1/customers", String.class);
    }
}

package com.example.spring;

import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestTemplate;

/** Requests that know their own method and address. */
class Entities {
    private static final String HOST = "https://api.partnercenter.microsoft.com";

    private final RestTemplate rest = new RestTemplate();

    private String token(String user, String password) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.add("grant_type", "password");
        form.add("resource", HOST);
        form.add("username", user);
        form.add("password", password);
        RequestEntity<MultiValueMap<String, String>> request = RequestEntity
            .post(URI.create("https://login.microsoftonline.com/common/oauth2/token"))
            .body(form);
        return rest.exchange(request, Answer.class).getBody().access_token();
    }

    String profile(String user, String password) {
        RequestEntity<Void> request = RequestEntity.get(HOST + "/v1/profiles/{kind}", "legalbusiness")
            .header("Authorization", "Bearer " + token(user, password))
            .build();
        // pcmfa: call verdict=blocked from=ropc
        return rest.exchange(request, String.class).getBody();
    }

    void suspend(String id, String user, String password) {
        RequestEntity<Void> request = RequestEntity.method(HttpMethod.DELETE, URI.create(HOST + "/v1/customers/" + id))
            .headers(headers -> headers.setBearerAuth(token(user, password)))
            .build();
        // pcmfa: call verdict=blocked from=ropc
        rest.exchange(request, Void.class);
    }

    Object open(String id) {
        RequestEntity<Void> request = new RequestEntity<>(HttpMethod.GET, URI.create(HOST + "/v1/customers/" + id));
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        rest.exchange(request, String.class);
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        return rest.optionsForAllow(HOST + "/v1/customers/{id}", id);
    }

    /** An entity for somebody else. */
    String weather() {
        RequestEntity<Void> request = RequestEntity.get(URI.create("https://weather.example.com/v1/customers")).build();
        // pcmfa: decoy
        return rest.exchange(request, String.class).getBody();
    }

    record Answer(String access_token) {}
}

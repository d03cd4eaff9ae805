package com.example.feign;

import feign.Feign;
import feign.form.FormEncoder;
import java.util.HashMap;
import java.util.Map;

class Sync {
    private final Api api = Feign.builder().target(Api.class, "https://api.partnercenter.microsoft.com");
    private final Login login = Feign.builder().encoder(new FormEncoder()).target(Login.class, "https://login.microsoftonline.com");
    private final Weather weather = Feign.builder().target(Weather.class, "https://weather.example");

    String customer(String id, String user, String password) {
        Map<String, String> form = new HashMap<>();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.put("grant_type", "password");
        form.put("username", user);
        form.put("password", password);
        form.put("resource", "https://api.partnercenter.microsoft.com");
        String token = login.token(form).get("access_token");
        // pcmfa: call verdict=blocked from=ropc
        return api.customer(id, token);
    }

    String today(String id) {
        // pcmfa: decoy
        return weather.today(id);
    }
}

package com.example.feign;

class Service {
    private final Partner partner;
    private final Login login;
    private final Weather weather;

    Service(Partner partner, Login login, Weather weather) {
        this.partner = partner;
        this.login = login;
        this.weather = weather;
    }

    String customer(String id, String user, String password) {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var answer = login.token("password", "https://api.partnercenter.microsoft.com", user, password);
        // pcmfa: call verdict=blocked from=ropc
        return partner.customer(id, "Bearer " + answer.get("access_token"));
    }

    String decoy(String id) {
        // pcmfa: decoy
        return weather.customer(id);
    }
}

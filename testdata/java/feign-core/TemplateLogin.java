package com.example.feign;

import feign.Body;
import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

interface TemplateLogin {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    @RequestLine("POST /common/oauth2/token")
    @Headers("Content-Type: application/x-www-form-urlencoded")
    @Body("grant_type=password&resource=https://api.partnercenter.microsoft.com&username={user}&password={password}")
    TemplateToken token(@Param("user") String user, @Param("password") String password);
}

interface TemplatePartner {
    @RequestLine("GET /v1/customers")
    @Headers("Authorization: Bearer {token}")
    String customers(@Param("token") String token);
}

interface TemplateNews {
    // pcmfa: decoy
    @RequestLine("GET /v1/customers")
    String customers();
}

class TemplateToken {
    String accessToken;
}

class TemplateMain {
    void run(String user, String password) {
        TemplateLogin login = Feign.builder().target(TemplateLogin.class, "https://login.microsoftonline.com");
        TemplatePartner partner = Feign.builder().target(TemplatePartner.class, "https://api.partnercenter.microsoft.com");
        // pcmfa: call verdict=blocked from=ropc
        partner.customers(login.token(user, password).accessToken);
        TemplateNews news = Feign.builder().target(TemplateNews.class, "https://news.contoso.example");
        // pcmfa: decoy
        news.customers();
    }
}

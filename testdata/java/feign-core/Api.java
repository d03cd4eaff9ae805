package com.example.feign;

import feign.Body;
import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;

interface Api {
    @RequestLine("GET /v1/customers/{id}")
    @Headers("Authorization: Bearer {token}")
    String customer(@Param("id") String id, @Param("token") String token);
}

interface Login {
    @RequestLine("POST /common/oauth2/token")
    @Headers("Content-Type: application/x-www-form-urlencoded")
    Map<String, String> token(Map<String, String> form);
}

interface Weather {
    // pcmfa: decoy
    @RequestLine("GET /v1/customers/{id}")
    String today(@Param("id") String id);
}

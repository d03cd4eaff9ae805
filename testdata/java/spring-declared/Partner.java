package com.example.feign;

import java.util.Map;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

@FeignClient(name = "partner", url = "https://api.partnercenter.microsoft.com")
interface Partner {
    @GetMapping("/v1/customers/{id}")
    String customer(@PathVariable("id") String id, @RequestHeader("Authorization") String authorization);
}

@FeignClient(name = "login", url = "https://login.microsoftonline.com")
interface Login {
    @PostMapping("/common/oauth2/token")
    Map<String, String> token(
        @RequestParam("grant_type") String grant,
        @RequestParam("resource") String resource,
        @RequestParam("username") String user,
        @RequestParam("password") String password);
}

@FeignClient(name = "weather", url = "https://weather.example.com")
interface Weather {
    // pcmfa: decoy
    @GetMapping("/v1/customers/{id}")
    String customer(@PathVariable("id") String id);
}

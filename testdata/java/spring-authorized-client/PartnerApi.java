package com.example.portal;

import org.springframework.security.oauth2.client.annotation.ClientRegistrationId;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Whoever calls a method signs in as the registration says. */
@HttpExchange(url = "https://api.partnercenter.microsoft.com")
// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
@ClientRegistrationId("nightly")
interface PartnerApi {
    @GetExchange("/v1/invoices")
    String invoices();
}

@HttpExchange(url = "https://api.partnercenter.microsoft.com")
interface UserApi {
    @GetExchange("/v1/customers/{id}")
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    @ClientRegistrationId("reseller")
    String customer(@PathVariable("id") String id);
}

@HttpExchange(url = "https://crm.contoso.example")
// pcmfa: decoy
@ClientRegistrationId("crm")
interface CrmApi {
    @PostExchange("/v1/customers/{id}")
    String contact(@PathVariable("id") String id);
}

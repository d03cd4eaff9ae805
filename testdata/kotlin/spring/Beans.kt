package com.example.spring

import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository
import org.springframework.social.oauth2.OAuth2Parameters
import org.springframework.social.partnercenter.security.AzureADAuthOperations
import org.springframework.web.client.RestTemplate
import org.springframework.http.HttpEntity
import org.springframework.http.HttpHeaders
import org.springframework.http.HttpMethod

class Beans(
    private val registrations: ClientRegistrationRepository,
    private val clients: OAuth2AuthorizedClientService,
    private val operations: AzureADAuthOperations,
) {
    private val rest = RestTemplate()

    fun customers(): String? {
        val manager = AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients)
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build())
        val request = OAuth2AuthorizeRequest.withClientRegistrationId("partner").principal("sync").build()
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        val token = manager.authorize(request)!!.accessToken.tokenValue
        val headers = HttpHeaders()
        headers.setBearerAuth(token)
        // pcmfa: call verdict=exempt from=client-credentials
        return rest.exchange("https://api.partnercenter.microsoft.com/v1/customers", HttpMethod.GET, HttpEntity<String>(headers), String::class.java).body
    }

    fun password(user: String, password: String) =
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        operations.exchangeCredentialsForAccess(user, password, OAuth2Parameters())

    // pcmfa: decoy
    fun pay(payments: Payments) = payments.authorize("card")
}

interface Payments {
    fun authorize(card: String)
}

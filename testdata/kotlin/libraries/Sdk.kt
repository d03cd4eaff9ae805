package com.example.sdk

import com.azure.core.credential.TokenRequestContext
import com.azure.identity.ClientSecretCredentialBuilder
import com.microsoft.aad.adal4j.AuthenticationContext
import com.microsoft.store.partnercenter.IAggregatePartner
import com.microsoft.store.partnercenter.PartnerService
import com.microsoft.store.partnercenter.extensions.PartnerCredentials
import java.util.concurrent.Executors

const val RESOURCE = "https://api.partnercenter.microsoft.com"

class Sdk(private val client: String, private val secret: String) {
    fun partner(): IAggregatePartner {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        val credentials = PartnerCredentials.getInstance().generateByApplicationCredentials(client, secret, "contoso.onmicrosoft.com")
        return PartnerService.getInstance().createPartnerOperations(credentials)
    }

    fun customers() {
        // pcmfa: call verdict=exempt from=client-credentials
        partner().customers.get()
    }

    fun password(user: String, password: String): String {
        val context = AuthenticationContext("https://login.microsoftonline.com/common", true, Executors.newSingleThreadExecutor())
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        return context.acquireToken(RESOURCE, client, user, password, null).get().accessToken
    }

    fun application(tenant: String): String? {
        val credential = ClientSecretCredentialBuilder().tenantId(tenant).clientId(client).clientSecret(secret).build()
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        return credential.getToken(TokenRequestContext().addScopes("$RESOURCE/.default")).block()?.token
    }

    // pcmfa: decoy
    fun ticket(cinema: Cinema) = cinema.acquireToken("7b")
}

class Cinema {
    fun acquireToken(seat: String) = seat
}

package com.contoso

import com.microsoft.aad.msal4j.ClientCredentialParameters
import com.microsoft.aad.msal4j.ConfidentialClientApplication
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

class Sync(private val app: ConfidentialClientApplication) {
    private val http = HttpClient.newHttpClient()

    private fun get(path: String, token: String): String {
        val request = HttpRequest
            .newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/$path"))
            .header("Authorization", "Bearer $token")
            .build()
        // pcmfa: call verdict=exempt from=client-credentials
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body()
    }

    fun customers(): String {
        val parameters = ClientCredentialParameters.builder(setOf("${tenant().resource}/.default")).build()
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; call verdict=exempt from=client-credentials
        return get("customers", app.acquireToken(parameters).join().accessToken())
    }

    fun users(): String {
        val parameters = ClientCredentialParameters.builder(setOf("${readWithJackson().resource}/.default")).build()
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; call verdict=exempt from=client-credentials
        return get("customers", app.acquireToken(parameters).join().accessToken())
    }

    // The same key of another file.
    fun invoices(): String {
        val parameters = ClientCredentialParameters.builder(setOf("${directory().resource}/.default")).build()
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; call verdict=exempt from=client-credentials
        return get("invoices", app.acquireToken(parameters).join().accessToken())
    }
}

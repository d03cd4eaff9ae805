package com.example.tokens

import com.microsoft.aad.msal4j.ClientCredentialFactory
import com.microsoft.aad.msal4j.ClientCredentialParameters
import com.microsoft.aad.msal4j.ConfidentialClientApplication
import com.microsoft.aad.msal4j.PublicClientApplication
import com.microsoft.aad.msal4j.UserNamePasswordParameters

enum class Mode { APP, USER }

object Tokens {
    private const val AUTHORITY = "https://login.microsoftonline.com/contoso.onmicrosoft.com"

    fun get(resource: String, mode: Mode = Mode.USER): String {
        val scopes = setOf("$resource/.default")
        return when (mode) {
            Mode.APP -> {
                val app = ConfidentialClientApplication
                    .builder("id", ClientCredentialFactory.createFromSecret(System.getenv("SECRET")))
                    .authority(AUTHORITY)
                    .build()
                // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
                app.acquireToken(ClientCredentialParameters.builder(scopes).build()).join().accessToken()
            }
            Mode.USER -> {
                val app = PublicClientApplication.builder("id").authority(AUTHORITY).build()
                val parameters = UserNamePasswordParameters.builder(scopes, System.getenv("USER"), System.getenv("PASS").toCharArray()).build()
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                app.acquireToken(parameters).get().accessToken()
            }
        }
    }
}

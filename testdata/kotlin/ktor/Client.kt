package com.example.ktor

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.forms.submitForm
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.http.parameters

class Client(private val http: HttpClient) {
    private suspend fun token(refresh: String): String {
        val answer: Answer = http.submitForm(
            url = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            formParameters = parameters {
                // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
                append("grant_type", "refresh_token")
                append("refresh_token", refresh)
                append("scope", "https://api.partnercenter.microsoft.com/.default")
            },
        ).body()
        return answer.accessToken
    }

    suspend fun customers(refresh: String): String {
        val token = token(refresh)
        // pcmfa: call verdict=capable from=refresh-token
        return http.get("https://api.partnercenter.microsoft.com/v1/customers") {
            header("Authorization", "Bearer $token")
        }.body()
    }

    suspend fun decoy(): String {
        // pcmfa: decoy
        return http.get("https://weather.example.com/v1/customers").body()
    }
}

data class Answer(val accessToken: String)

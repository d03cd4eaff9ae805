package com.example.ktor

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.client.request.head
import io.ktor.client.request.request
import io.ktor.client.request.url
import io.ktor.client.request.forms.submitForm
import io.ktor.client.statement.bodyAsText
import io.ktor.http.HttpMethod
import io.ktor.http.parameters
import org.json.JSONObject

suspend fun nightly(user: String, password: String) {
    val client = HttpClient(CIO)
    val answer = client.submitForm(
        "https://login.microsoftonline.com/common/oauth2/token",
        parameters {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            append("grant_type", "password")
            append("resource", "https://api.partnercenter.microsoft.com")
            append("username", user)
            append("password", password)
        },
    )
    val token = JSONObject(answer.bodyAsText()).getString("access_token")
    // pcmfa: call verdict=blocked from=ropc
    client.get {
        url("https://api.partnercenter.microsoft.com/v1/invoices")
        bearerAuth(token)
    }
    // pcmfa: call verdict=blocked from=ropc
    client.head("https://api.partnercenter.microsoft.com/v1/domains/contoso.example") { bearerAuth(token) }
    // pcmfa: call verdict=blocked from=ropc
    client.request("https://api.partnercenter.microsoft.com/v1/agreements") {
        method = HttpMethod.Get
        bearerAuth(token)
    }
    // pcmfa: decoy
    client.get { url("https://weather.example.com/v1/customers") }
}

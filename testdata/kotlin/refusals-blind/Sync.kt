package com.example.blind

import java.io.IOException
import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response
import org.json.JSONObject

private const val PARTNER = "https://api.partnercenter.microsoft.com"
// pcmfa: finding hard-coded-secret
private const val CLIENT_SECRET = "q7-Tulip-Harbour-19"

class Sync(private val http: OkHttpClient, private val login: OkHttpClient) {
    private fun post(form: FormBody): String {
        val request = Request.Builder().url("https://login.microsoftonline.com/contoso.example/oauth2/token").post(form).build()
        login.newCall(request).execute().use { answer ->
            if (!answer.isSuccessful) throw IOException("no token")
            return JSONObject(answer.body!!.string()).getString("access_token")
        }
    }

    private fun signIn(refreshToken: String, user: String, password: String): String {
        try {
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            return post(FormBody.Builder().add("grant_type", "refresh_token").add("client_secret", CLIENT_SECRET)
                .add("refresh_token", refreshToken).add("resource", PARTNER).build())
        } catch (e: IOException) {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
            return post(FormBody.Builder().add("grant_type", "password").add("username", user)
                .add("password", password).add("resource", PARTNER).build())
        }
    }

    fun invoices(refreshToken: String, user: String, password: String): String? {
        var attempt = 0
        while (attempt < 5) {
            val token = signIn(refreshToken, user, password)
            val request = Request.Builder().url("$PARTNER/v1/invoices").header("Authorization", "Bearer $token").build()
            // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
            val answer = http.newCall(request).execute()
            // pcmfa: finding mfa-error-retried
            if (answer.code != 401) {
                return answer.body?.string()
            }
            attempt++
        }
        return null
    }

    fun audit(): Response {
        // pcmfa: finding static-token
        val token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
        val request = Request.Builder().url("$PARTNER/v1/auditrecords").header("Authorization", "Bearer $token").build()
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        return http.newCall(request).execute()
    }

    fun mail(): Response {
        // pcmfa: decoy
        val token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
        val request = Request.Builder().url("https://graph.microsoft.com/v1.0/users").header("Authorization", "Bearer $token").build()
        return http.newCall(request).execute()
    }

    fun users(customer: String): Response {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        val token = post(FormBody.Builder().add("grant_type", "client_credentials")
            .add("client_secret", System.getenv("PC_CLIENT_SECRET")).add("resource", PARTNER).build())
        val list = Request.Builder().url("$PARTNER/v1/customers").header("Authorization", "Bearer $token").build()
        // pcmfa: call verdict=exempt from=client-credentials
        http.newCall(list).execute()
        val users = Request.Builder().url("$PARTNER/v1/customers/$customer/users").header("Authorization", "Bearer $token").build()
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        return http.newCall(users).execute()
    }
}

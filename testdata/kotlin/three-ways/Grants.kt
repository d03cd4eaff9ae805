package com.example.sync

import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request
import org.json.JSONObject

private const val AUTHORITY = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token"

class Grants(private val http: OkHttpClient = OkHttpClient()) {
    fun byPassword(resource: String): String {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        val form = FormBody.Builder().add("grant_type", "password")
            .add("client_id", System.getenv("CLIENT_ID"))
            .add("username", System.getenv("PC_USER"))
            .add("password", System.getenv("PC_PASSWORD"))
            .add("resource", resource)
            .build()
        return send(form)
    }

    fun byRefreshToken(resource: String): String {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        val form = FormBody.Builder().add("grant_type", "refresh_token")
            .add("client_id", System.getenv("CLIENT_ID"))
            .add("refresh_token", System.getenv("REFRESH_TOKEN"))
            .add("resource", resource)
            .build()
        return send(form)
    }

    fun byApplication(resource: String): String {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        val form = FormBody.Builder().add("grant_type", "client_credentials")
            .add("client_id", System.getenv("CLIENT_ID"))
            .add("client_secret", System.getenv("CLIENT_SECRET"))
            .add("resource", resource)
            .build()
        return send(form)
    }

    private fun send(form: FormBody): String {
        val request = Request.Builder().url(AUTHORITY).post(form).build()
        val answer = http.newCall(request).execute().body!!.string()
        return JSONObject(answer).getString("access_token")
    }
}

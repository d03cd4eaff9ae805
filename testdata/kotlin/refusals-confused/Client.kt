package com.example.confused

import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request
import org.json.JSONObject

private const val PARTNER = "https://api.partnercenter.microsoft.com"

class Client(private val http: OkHttpClient) {
    private fun token(refreshToken: String): String {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        val form = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", refreshToken)
            .add("resource", PARTNER).build()
        val request = Request.Builder().url("https://login.microsoftonline.com/common/oauth2/token").post(form).build()
        return JSONObject(http.newCall(request).execute().body!!.string()).getString("access_token")
    }

    fun agreements(refreshToken: String): String {
        val request = Request.Builder().url("$PARTNER/v1/agreements")
            .header("Authorization", "Bearer " + token(refreshToken))
            // pcmfa: check ; finding mfa-check-ignored
            .header("ValidateMfa", "true")
            .build()
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        val answer = http.newCall(request).execute()
        val text = answer.body!!.string()
        if (answer.isSuccessful) return text
        when (JSONObject(text).optString("code")) {
            // pcmfa: check ; finding mfa-error-confused
            "900421", "900420" -> throw IllegalStateException("sign in again")
            else -> throw IllegalStateException("refused")
        }
    }
}

package com.example.handled

import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request
import org.json.JSONObject

private const val PARTNER = "https://api.partnercenter.microsoft.com"

class Client(private val http: OkHttpClient) {
    private fun token(refreshToken: String): String {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        val form = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", refreshToken)
            .add("client_secret", System.getenv("PC_CLIENT_SECRET")).add("resource", PARTNER).build()
        val request = Request.Builder().url("https://login.microsoftonline.com/common/oauth2/token").post(form).build()
        return JSONObject(http.newCall(request).execute().body!!.string()).getString("access_token")
    }

    fun users(refreshToken: String, customers: List<String>) {
        val bearer = token(refreshToken)
        for (customer in customers) {
            val request = Request.Builder().url("$PARTNER/v1/customers/$customer/users")
                .header("Authorization", "Bearer $bearer")
                // pcmfa: check
                .header("ValidateMfa", "true")
                .build()
            // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
            val answer = http.newCall(request).execute()
            // The next round is another customer.
            // pcmfa: decoy
            if (answer.code == 401) {
                println(explain(JSONObject(answer.body!!.string()).optString("code")))
                continue
            }
            // pcmfa: check
            if (answer.header("isMfaCompliant") != "true") println("the token carries no MFA claim")
        }
    }

    private fun explain(code: String): String = when (code) {
        // pcmfa: check
        "900421" -> "repeat the consent with MFA"
        // pcmfa: decoy
        "900420" -> "the token is for a retired audience"
        else -> "refused"
    }
}

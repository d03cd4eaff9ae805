package com.example.sync

import okhttp3.OkHttpClient
import okhttp3.Request

private const val PARTNER = "https://api.partnercenter.microsoft.com"

class Sync(private val grants: Grants, private val http: OkHttpClient) {
    // pcmfa: call verdict=blocked from=ropc
    fun customers(): String = get("$PARTNER/v1/customers", grants.byPassword(PARTNER))

    fun subscriptions(customer: String): String {
        val token = grants.byRefreshToken(PARTNER)
        val request = Request.Builder().url("$PARTNER/v1/customers/$customer/subscriptions")
            .header("Authorization", "Bearer $token").build()
        // pcmfa: call verdict=capable from=refresh-token
        return http.newCall(request).execute().body!!.string()
    }

    fun invoices(): String {
        val request = Request.Builder().url("$PARTNER/v1/invoices")
            .header("Authorization", "Bearer " + grants.byApplication(PARTNER)).build()
        // pcmfa: call verdict=exempt from=client-credentials
        return http.newCall(request).execute().body!!.string()
    }

    fun weather(): String {
        val request = Request.Builder().url("https://weather.example/v1/customers").build()
        // pcmfa: decoy
        return http.newCall(request).execute().body!!.string()
    }

    private fun get(url: String, token: String): String {
        val request = Request.Builder().url(url).header("Authorization", "Bearer $token").build()
        // pcmfa: call verdict=blocked from=ropc
        return http.newCall(request).execute().body!!.string()
    }
}

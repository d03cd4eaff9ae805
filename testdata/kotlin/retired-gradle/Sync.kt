package com.contoso.sync

import okhttp3.OkHttpClient
import okhttp3.Request

class Sync(private val http: OkHttpClient) {
    fun customers(token: String) {
        val request = Request.Builder()
            .url("https://api.partnercenter.microsoft.com/v1/customers")
            .header("Authorization", "Bearer $token")
            .build()
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        http.newCall(request).execute()
    }
}

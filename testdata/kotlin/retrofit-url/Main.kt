package com.example.retrofit

import okhttp3.MediaType.Companion.toMediaType
import okhttp3.RequestBody.Companion.toRequestBody
import retrofit2.Retrofit

private const val PARTNER = "https://api.partnercenter.microsoft.com"

fun main(args: Array<String>) {
    val api = Retrofit.Builder().baseUrl("https://localhost/").build().create(AnyApi::class.java)
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    val form = "grant_type=password&resource=$PARTNER&username=${args[0]}&password=${args[1]}"
        .toRequestBody("application/x-www-form-urlencoded".toMediaType())
    val token = api.post("https://login.microsoftonline.com/common/oauth2/token", form).execute().body()!!
    // pcmfa: call verdict=blocked from=ropc
    api.get("$PARTNER/v1/customers", "Bearer ${token.access_token}").execute()
    // pcmfa: decoy
    api.get("https://weather.example/v1/customers", "").execute()
    // On the base address.
    // pcmfa: decoy
    api.get("v1/customers", "").execute()
}

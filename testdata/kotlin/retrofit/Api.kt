package com.example.retrofit

import retrofit2.Call
import retrofit2.http.Field
import retrofit2.http.FormUrlEncoded
import retrofit2.http.GET
import retrofit2.http.POST
import retrofit2.http.Path

interface Login {
    @FormUrlEncoded
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    @POST("common/oauth2/token")
    fun token(
        @Field("username") user: String,
        @Field("password") password: String,
        @Field("resource") resource: String = "https://api.partnercenter.microsoft.com",
        @Field("grant_type") grant: String = "password",
    ): Call<Answer>
}

interface Customers {
    @GET("v1/customers/{id}")
    fun byId(@Path("id") id: String): Call<String>
}

interface Weather {
    // pcmfa: decoy
    @GET("v1/customers")
    fun today(): Call<String>
}

data class Answer(val access_token: String, val refresh_token: String?)

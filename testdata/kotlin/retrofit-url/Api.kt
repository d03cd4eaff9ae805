package com.example.retrofit

import okhttp3.RequestBody
import okhttp3.ResponseBody
import retrofit2.Call
import retrofit2.http.Body
import retrofit2.http.GET
import retrofit2.http.Header
import retrofit2.http.POST
import retrofit2.http.Url

/** Every call says where it goes. */
interface AnyApi {
    @GET
    fun get(@Url url: String, @Header("Authorization") authorization: String): Call<ResponseBody>

    @POST
    fun post(@Url url: String, @Body body: RequestBody): Call<Token>
}

class Token(val access_token: String)

package com.example.retrofit

import okhttp3.OkHttpClient
import retrofit2.Retrofit

class Session(user: String, password: String) {
    private val login = service(Login::class.java, "https://login.windows.net/", null)
    private val token by lazy { login.token(user, password).execute().body()?.access_token }

    val customers: Customers by lazy { service(Customers::class.java, API, token) }

    private fun <T> service(type: Class<T>, address: String, token: String?): T {
        val client = OkHttpClient.Builder()
            .addInterceptor { chain ->
                // pcmfa: call verdict=blocked from=ropc
                chain.proceed(chain.request().newBuilder().addHeader("Authorization", "Bearer $token").build())
            }
            .build()
        return Retrofit.Builder().baseUrl(address).client(client).build().create(type)
    }

    fun weather(): String? {
        val weather = service(Weather::class.java, "https://weather.example.com/", null)
        // pcmfa: decoy
        return weather.today().execute().body()
    }

    companion object {
        private const val API = "https://api.partnercenter.microsoft.com/"
    }
}

fun main(args: Array<String>) {
    val session = Session(args[0], args[1])
    // pcmfa: call verdict=blocked from=ropc
    println(session.customers.byId("42").execute().body())
}

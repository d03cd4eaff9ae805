package com.example.tokens

import java.net.HttpURLConnection
import java.net.URL

const val HOST = "https://api.partnercenter.microsoft.com"

/** Signs a request. */
fun HttpURLConnection.signed(token: String) = apply { setRequestProperty("Authorization", "Bearer $token") }

private fun open(address: String): HttpURLConnection = URL(address).openConnection() as HttpURLConnection

class Report(private val host: String = HOST) {
    fun customers(): String {
        val connection = open("$host/v1/customers").signed(Tokens.get(host))
        // pcmfa: call verdict=blocked from=ropc
        return connection.inputStream.bufferedReader().use { it.readText() }
    }

    fun invoices(): String =
        open("$host/v1/invoices").apply {
            requestMethod = "GET"
            setRequestProperty("Authorization", "Bearer " + Tokens.get(host, mode = Mode.APP))
        }.let { connection ->
            // pcmfa: call verdict=exempt from=client-credentials
            connection.getInputStream().bufferedReader().readText()
        }

    fun mails(): String {
        val connection = open("https://graph.microsoft.com/v1.0/me/messages").signed(Tokens.get("https://graph.microsoft.com"))
        // pcmfa: decoy
        return connection.getInputStream().bufferedReader().readText()
    }
}

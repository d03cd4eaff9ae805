package com.contoso

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import java.io.File

@Serializable
data class Tenant(
    @SerialName("token_resource") val resource: String = "https://api.partnercenter.microsoft.com",
    val tenantId: String = "",
)

fun tenant(): Tenant = Json.decodeFromString<Tenant>(File("tenant.json").readText())

fun readWithJackson(): Tenant = jacksonObjectMapper().readValue<Tenant>(File("config/tenant.json"))

fun directory(): Tenant = Json.decodeFromString<Tenant>(File("directory.json").readText())

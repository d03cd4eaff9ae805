module Contoso.Blind

open System
open System.Collections.Generic
open System.Net
open System.Net.Http
open System.Net.Http.Headers
open System.Text.Json

let partner = "https://api.partnercenter.microsoft.com"
// pcmfa: finding hard-coded-secret
let clientSecret = "q7-Tulip-Harbour-19"
let http = new HttpClient()

let post (fields: (string * string) list) =
    let form = fields |> List.map (fun (k, v) -> KeyValuePair(k, v))
    let answer = http.PostAsync("https://login.microsoftonline.com/contoso.example/oauth2/token", new FormUrlEncodedContent(form)).Result
    answer.EnsureSuccessStatusCode() |> ignore
    JsonDocument.Parse(answer.Content.ReadAsStringAsync().Result).RootElement.GetProperty("access_token").GetString()

let signIn refreshToken user password =
    try
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        post [ "grant_type", "refresh_token"
               "client_secret", clientSecret
               "refresh_token", refreshToken
               "resource", partner ]
    with :? HttpRequestException ->
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
        post [ "grant_type", "password"
               "username", user
               "password", password
               "resource", partner ]

let invoices refreshToken user password =
    let mutable text = ""
    let mutable attempt = 0
    while text = "" && attempt < 5 do
        let client = new HttpClient()
        client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", signIn refreshToken user password)
        // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        let answer = client.GetAsync(partner + "/v1/invoices").Result
        // pcmfa: finding mfa-error-retried
        if answer.StatusCode = HttpStatusCode.Unauthorized then
            attempt <- attempt + 1
        else
            text <- answer.Content.ReadAsStringAsync().Result
    text

let audit () =
    let client = new HttpClient()
    // pcmfa: finding static-token
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
    // pcmfa: call verdict=unresolved ; finding unresolved-token
    client.GetStringAsync(partner + "/v1/auditrecords").Result

let mail () =
    let client = new HttpClient()
    // pcmfa: decoy
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
    client.GetStringAsync("https://graph.microsoft.com/v1.0/users").Result

let users (customer: string) =
    let token =
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        post [ "grant_type", "client_credentials"
               "client_secret", Environment.GetEnvironmentVariable "PC_CLIENT_SECRET"
               "resource", partner ]
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: call verdict=exempt from=client-credentials
    client.GetStringAsync(partner + "/v1/customers").Result |> ignore
    // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    client.GetStringAsync(partner + "/v1/customers/" + customer + "/users").Result

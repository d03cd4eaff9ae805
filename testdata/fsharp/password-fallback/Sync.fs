module Contoso.Fallback

open System
open System.Collections.Generic
open System.Net.Http
open System.Net.Http.Headers
open System.Text.Json

let partner = "https://api.partnercenter.microsoft.com"
let http = new HttpClient()

let private read (fields: KeyValuePair<string, string> list) =
    let answer = http.PostAsync("https://login.microsoftonline.com/contoso.example/oauth2/token", new FormUrlEncodedContent(fields)).Result
    answer.EnsureSuccessStatusCode() |> ignore
    JsonDocument.Parse(answer.Content.ReadAsStringAsync().Result).RootElement.GetProperty("access_token").GetString()

let renewed (refreshToken: string) =
    read [
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        KeyValuePair("grant_type", "refresh_token")
        KeyValuePair("refresh_token", refreshToken)
        KeyValuePair("resource", partner)
    ]

let signedIn (user: string) (password: string) =
    read [
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        KeyValuePair("grant_type", "password")
        KeyValuePair("username", user)
        KeyValuePair("password", password)
        KeyValuePair("resource", partner)
    ]

let tryRenewed (refreshToken: string) =
    let fields =
        [
          // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
          KeyValuePair("grant_type", "refresh_token")
          KeyValuePair("refresh_token", refreshToken)
          KeyValuePair("resource", partner) ]
    try Ok (read fields) with error -> Error error.Message

let get (path: string) (token: string) =
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    client.GetStringAsync(partner + "/v1/" + path).Result

let byHandler refreshToken user password =
    let token =
        try
            renewed refreshToken
        with
        | :? HttpRequestException as error ->
            printfn "%s" error.Message
            // pcmfa: finding password-fallback
            signedIn user password
        | _ -> reraise ()
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get "customers" token

let byMatch refreshToken user password =
    let token =
        match tryRenewed refreshToken with
        | Ok token -> token
        // pcmfa: finding password-fallback
        | Error _ -> signedIn user password
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get "invoices" token

let byChoice (mode: string) refreshToken user password =
    let token =
        match mode with
        | "delegated" -> renewed refreshToken
        // pcmfa: decoy
        | _ -> signedIn user password
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get "offers" token

// What fails here is the sign-in with the password itself.
let byHandlerOfPassword user password =
    try
        // pcmfa: call verdict=blocked from=ropc
        get "agreements" (signedIn user password)
    with error ->
        // pcmfa: decoy
        printfn "%s" error.Message
        ""

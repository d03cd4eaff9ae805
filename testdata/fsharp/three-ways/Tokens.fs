module Contoso.Tokens

open System.Net.Http
open System.Collections.Generic
open System.Text.Json

let private http = new HttpClient()
let private authority = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token"

let private send (fields: (string * string) list) =
    let form = fields |> List.map (fun (k, v) -> KeyValuePair(k, v))
    let response = http.PostAsync(authority, new FormUrlEncodedContent(form)).Result
    let body = response.Content.ReadAsStringAsync().Result
    JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()

let byPassword resource user password =
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    send [ "grant_type", "password"
           "resource", resource
           "username", user
           "password", password ]

let byRefreshToken resource refreshToken =
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    send [ "grant_type", "refresh_token"
           "resource", resource
           "refresh_token", refreshToken ]

let byApplication resource client secret =
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    send [ "grant_type", "client_credentials"
           "resource", resource
           "client_id", client
           "client_secret", secret ]

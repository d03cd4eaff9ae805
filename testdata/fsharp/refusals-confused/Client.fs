module Contoso.Confused

open System.Collections.Generic
open System.Net.Http
open System.Net.Http.Headers
open System.Text.Json

let partner = "https://api.partnercenter.microsoft.com"

let agreements (refreshToken: string) =
    let client = new HttpClient()
    let form =
        dict [
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            "grant_type", "refresh_token"
            "refresh_token", refreshToken
            "resource", partner
        ]
    let login = client.PostAsync("https://login.microsoftonline.com/common/oauth2/token", new FormUrlEncodedContent(form)).Result
    let token = JsonDocument.Parse(login.Content.ReadAsStringAsync().Result).RootElement.GetProperty("access_token").GetString()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: check ; finding mfa-check-ignored
    client.DefaultRequestHeaders.Add("ValidateMfa", "true")
    // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    let answer = client.GetAsync(partner + "/v1/agreements").Result
    let text = answer.Content.ReadAsStringAsync().Result
    if answer.IsSuccessStatusCode then
        text
    else
        match JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() with
        // pcmfa: check ; finding mfa-error-confused
        | "900421" | "900420" -> failwith "sign in again"
        | other -> failwith other

module Contoso.Handled

open System
open System.Collections.Generic
open System.Net
open System.Net.Http
open System.Net.Http.Headers
open System.Text.Json

let partner = "https://api.partnercenter.microsoft.com"

let explain code =
    match code with
    // pcmfa: check
    | "900421" -> "repeat the consent with MFA"
    // pcmfa: decoy
    | "900420" -> "the token is for a retired audience"
    | _ -> "refused"

let users (refreshToken: string) (customers: string list) =
    let client = new HttpClient()
    let form =
        dict [
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            "grant_type", "refresh_token"
            "client_secret", Environment.GetEnvironmentVariable "PC_CLIENT_SECRET"
            "refresh_token", refreshToken
            "resource", partner
        ]
    let login = client.PostAsync("https://login.microsoftonline.com/common/oauth2/token", new FormUrlEncodedContent(form)).Result
    let token = JsonDocument.Parse(login.Content.ReadAsStringAsync().Result).RootElement.GetProperty("access_token").GetString()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: check
    client.DefaultRequestHeaders.Add("ValidateMfa", "true")
    for customer in customers do
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        let answer = client.GetAsync(partner + "/v1/customers/" + customer + "/users").Result
        let text = answer.Content.ReadAsStringAsync().Result
        // The next round is another customer.
        // pcmfa: decoy
        if answer.StatusCode = HttpStatusCode.Unauthorized then
            printfn "%s" (explain (JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()))
        // pcmfa: check
        elif Seq.head (answer.Headers.GetValues("isMfaCompliant")) <> "true" then
            printfn "the token carries no MFA claim"

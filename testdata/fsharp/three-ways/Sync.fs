module Contoso.Sync

open System.Net.Http
open System.Net.Http.Headers
open Contoso

let partner = "https://api.partnercenter.microsoft.com"

let customers user password =
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", Tokens.byPassword partner user password)
    // pcmfa: call verdict=blocked from=ropc
    client.GetStringAsync(partner + "/v1/customers").Result

let subscriptions customer refreshToken =
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", Tokens.byRefreshToken partner refreshToken)
    // pcmfa: call verdict=capable from=refresh-token
    client.GetStringAsync(sprintf "%s/v1/customers/%s/subscriptions" partner customer).Result

let invoices client secret =
    let http = new HttpClient()
    http.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", Tokens.byApplication partner client secret)
    // pcmfa: call verdict=exempt from=client-credentials
    http.GetStringAsync(partner + "/v1/invoices").Result

let weather () =
    let client = new HttpClient()
    // pcmfa: decoy
    client.GetStringAsync("https://weather.contoso.example/v1/customers").Result

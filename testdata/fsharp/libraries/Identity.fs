module Contoso.Identity

open System.Threading
open Azure.Core
open Azure.Identity
open RestSharp

type Way =
    | Browser
    | Application of secret: string

let private scopes = [| "https://api.partnercenter.microsoft.com/.default" |]

let credential tenant client way : TokenCredential =
    match way with
    | Browser -> InteractiveBrowserCredential() :> TokenCredential
    | Application secret -> ClientSecretCredential(tenant, client, secret) :> TokenCredential

let offers (tenant: string) (client: string) (secret: string) =
    let chosen = ClientSecretCredential(tenant, client, secret)
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    let token = chosen.GetToken(TokenRequestContext(scopes), CancellationToken.None)
    let rest = new RestClient("https://api.partnercenter.microsoft.com")
    let request = RestRequest("v1/offers")
    request.AddHeader("Authorization", sprintf "Bearer %s" token.Token) |> ignore
    // pcmfa: call verdict=exempt from=client-credentials
    rest.Execute(request).Content

let weather () =
    let rest = RestClient("https://weather.contoso.example")
    // pcmfa: decoy
    rest.Execute(RestRequest("v1/customers")).Content

module Contoso.Web

open System
open System.Net.Http
open System.Net.Http.Headers
open IdentityModel.Client
open Microsoft.AspNetCore.Authentication
open Microsoft.AspNetCore.Http
open Microsoft.Azure.Services.AppAuthentication
open Microsoft.Identity.Web
open Microsoft.Rest.Azure.Authentication
open Microsoft.Store.PartnerCenter
open Microsoft.Store.PartnerCenter.Extensions

let partner = "https://api.partnercenter.microsoft.com"

let forms (user: string) (password: string) =
    let client = new HttpClient()
    let request = new PasswordTokenRequest(Address = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token", ClientId = "client", UserName = user, Password = password, Scope = partner + "/.default")
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    let response = client.RequestPasswordTokenAsync(request).Result
    client.SetBearerToken(response.AccessToken)
    // pcmfa: call verdict=blocked from=ropc
    client.GetStringAsync(partner + "/v1/customers").Result

let site (acquisition: ITokenAcquisition) =
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    let token = acquisition.GetAccessTokenForAppAsync(partner + "/.default").Result
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: call verdict=exempt from=client-credentials
    client.GetStringAsync(partner + "/v1/invoices").Result

let rest (user: string) (password: string) =
    let settings = ActiveDirectoryServiceSettings(TokenAudience = Uri("https://api.partnercenter.microsoft.com"))
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    UserTokenProvider.LoginSilentAsync("client", "contoso.example", user, password, settings).Result

let sdk (client: string) (secret: string) =
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
    let credentials = PartnerCredentials.Instance.GenerateByApplicationCredentials(client, secret, "contoso.example")
    let operations = PartnerService.Instance.CreatePartnerOperations(credentials)
    // pcmfa: call verdict=exempt from=client-credentials
    operations.Customers.Get()

let managed () =
    let provider = AzureServiceTokenProvider()
    // pcmfa: acquisition flow=managed-identity verdict=exempt pc=yes
    provider.GetAccessTokenAsync(partner).Result

let saved (context: HttpContext) =
    // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    let token = context.GetTokenAsync("access_token").Result
    let client = new HttpClient()
    client.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    // pcmfa: call verdict=capable from=authorization-code
    client.GetStringAsync(partner + "/v1/agreements").Result

type Cinema() =
    member _.RequestPasswordTokenAsync(seat: string) = seat

let ticket (cinema: Cinema) =
    // pcmfa: decoy
    cinema.RequestPasswordTokenAsync("7b")

#r "nuget: Newtonsoft.Json"
open System
open System.Collections.Generic
open System.Net
open System.Net.Http
open Newtonsoft.Json.Linq

let tenant = Environment.GetEnvironmentVariable "TENANT"
let http = new HttpClient()

(* The form is a list of pairs (* and a comment may hold another *) *)
let login (user: string) (password: string) =
    let form =
        dict [
            "grant_type", "password" // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            "resource", "https://api.partnercenter.microsoft.com"
            "username", user
            "password", password
        ]
    let reply =
        http.PostAsync(sprintf "https://login.microsoftonline.com/%s/oauth2/token" tenant, new FormUrlEncodedContent(form)).Result
    let json = reply.Content.ReadAsStringAsync().Result |> JObject.Parse
    json.["access_token"].ToString()

let get (token: string) (path: string) =
    let request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/" + path)
    request.Headers.Add("Authorization", $"Bearer {token}")
    // pcmfa: call verdict=blocked from=ropc
    let reply = http.SendAsync(request) |> Async.AwaitTask |> Async.RunSynchronously
    reply.Content.ReadAsStringAsync().Result

let token = login "admin@contoso.example" (Environment.GetEnvironmentVariable "PASSWORD")

for path in [ "invoices"; "offers" ] do
    get token path |> printfn "%s" // pcmfa: call verdict=blocked from=ropc

let legacy () =
    let request = WebRequest.Create("https://news.contoso.example/v1/customers")
    // pcmfa: decoy
    use response = request.GetResponse()
    response.ContentLength

printfn $"""{legacy ()}"""

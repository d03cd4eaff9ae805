module Contoso.Program

open System
open System.Net.Http
open System.Net.Http.Headers
open Contoso
open Contoso.Hosts
open Contoso.Sync

let private env name = Environment.GetEnvironmentVariable name

let private client (token: string) =
    let http = new HttpClient(BaseAddress = Uri(partner))
    http.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", token)
    http

let run () =
    async {
        let tokens = Tokens(env "TENANT", env "CLIENT", env "SECRET", env "USER", env "PASSWORD")

        use graph = new HttpClient()
        let! graphToken = tokens.GetAsync(Hosts.Graph, true) |> Async.AwaitTask
        graph.DefaultRequestHeaders.Authorization <- AuthenticationHeaderValue("Bearer", graphToken)
        // pcmfa: decoy
        let! organization = graph.GetStringAsync(Hosts.Graph + "/v1.0/organization") |> Async.AwaitTask
        printfn "%s" organization

        let! token = tokens.GetAsync(partner, false) |> Async.AwaitTask
        use http = client token
        let customers =
            // pcmfa: call verdict=blocked from=ropc
            http.GetStringAsync($"v1/customers?size={500}")
            |> Async.AwaitTask
            |> Async.RunSynchronously
        return customers
    }

[<EntryPoint>]
let main argv =
    run () |> Async.RunSynchronously |> ignore
    0

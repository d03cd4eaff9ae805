Option Strict On
Imports System
Imports System.Net.Http
Imports System.Net.Http.Headers
Imports Contoso.Sync

Module Program
    Sub Main(args As String())
        RunAsync().GetAwaiter().GetResult()
    End Sub

    Private Async Function RunAsync() As Task
        Dim tokens As New Tokens(
            Environment.GetEnvironmentVariable("TENANT_ID"),
            Environment.GetEnvironmentVariable("CLIENT_ID"),
            Environment.GetEnvironmentVariable("CLIENT_SECRET"),
            user:=Environment.GetEnvironmentVariable("PARTNER_USER"),
            password:=Environment.GetEnvironmentVariable("PARTNER_PASSWORD"))

        Using graph As New HttpClient()
            graph.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", Await tokens.GetAsync(Hosts.Graph))
            ' pcmfa: decoy
            Console.WriteLine(Await graph.GetStringAsync(Hosts.Graph & "/v1.0/organization"))
        End Using

        Using partner As New HttpClient() With {.BaseAddress = New Uri(Hosts.Partner)}
            With partner.DefaultRequestHeaders
                .Accept.Clear()
                .Authorization = New AuthenticationHeaderValue("Bearer", Await tokens.GetAsync(Hosts.Partner, False))
            End With

            ' pcmfa: call verdict=blocked from=ropc
            Dim customers = Await partner.GetStringAsync($"v1/customers?size={500:D}")
            Console.WriteLine(customers)
        End Using
    End Function
End Module

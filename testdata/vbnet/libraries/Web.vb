Imports System.Net.Http
Imports System.Net.Http.Headers
Imports System.Threading.Tasks
Imports IdentityModel.Client
Imports Microsoft.Azure.Services.AppAuthentication
Imports Microsoft.Rest.Azure.Authentication
Imports Microsoft.Identity.Web
Imports Microsoft.AspNetCore.Authentication

Public Class Web
    Private Const Partner As String = "https://api.partnercenter.microsoft.com"
    Private ReadOnly acquisition As ITokenAcquisition

    Public Async Function Forms(user As String, password As String) As Task(Of String)
        Dim client As New HttpClient()
        ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        Dim response = Await client.RequestPasswordTokenAsync(New PasswordTokenRequest With {
            .Address = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
            .ClientId = "client",
            .UserName = user,
            .Password = password,
            .Scope = Partner & "/.default"
        })
        client.SetBearerToken(response.AccessToken)
        ' pcmfa: call verdict=blocked from=ropc
        Return Await client.GetStringAsync(Partner & "/v1/customers")
    End Function

    Public Async Function Site() As Task(Of String)
        ' pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        Dim token = Await acquisition.GetAccessTokenForAppAsync(Partner & "/.default")
        Dim client As New HttpClient()
        client.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", token)
        ' pcmfa: call verdict=exempt from=client-credentials
        Return Await client.GetStringAsync(Partner & "/v1/invoices")
    End Function

    Public Async Function Rest(user As String, password As String) As Task
        Dim settings = New ActiveDirectoryServiceSettings With {.TokenAudience = New Uri("https://api.partnercenter.microsoft.com")}
        ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        Dim credentials = Await UserTokenProvider.LoginSilentAsync("client", "contoso.example", user, password, settings)
    End Function

    Public Async Function Managed() As Task(Of String)
        Dim provider As New AzureServiceTokenProvider()
        ' pcmfa: acquisition flow=managed-identity verdict=exempt pc=yes
        Return Await provider.GetAccessTokenAsync(Partner)
    End Function

    Public Async Function Saved(context As HttpContext) As Task(Of String)
        ' pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        Dim token = Await context.GetTokenAsync("access_token")
        Dim client As New HttpClient()
        client.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", token)
        ' pcmfa: call verdict=capable from=authorization-code
        Return Await client.GetStringAsync(Partner & "/v1/agreements")
    End Function

    Public Function Ticket(cinema As Cinema) As String
        ' pcmfa: decoy
        Return cinema.GetAccessTokenForAppAsync("7b")
    End Function
End Class

Public Class Cinema
    Public Function GetAccessTokenForAppAsync(seat As String) As String
        Return seat
    End Function
End Class

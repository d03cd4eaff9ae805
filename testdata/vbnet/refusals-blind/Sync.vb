Imports System.Net
Imports System.Net.Http
Imports System.Net.Http.Headers
Imports System.Threading.Tasks
Imports Microsoft.Identity.Client

Public Class Sync
    Private Const Partner As String = "https://api.partnercenter.microsoft.com"
    ' pcmfa: finding hard-coded-secret
    Private Const ClientSecret As String = "q7-Tulip-Harbour-19"
    Private ReadOnly scopes As String() = {Partner & "/user_impersonation"}

    Private Async Function SignIn(refreshToken As String, user As String, password As String) As Task(Of String)
        Dim app = ConfidentialClientApplicationBuilder.Create("client").WithClientSecret(ClientSecret).Build()
        Dim result As AuthenticationResult
        Try
            ' pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            result = Await CType(app, IByRefreshToken).AcquireTokenByRefreshToken(scopes, refreshToken).ExecuteAsync()
            Return result.AccessToken
        Catch ex As MsalUiRequiredException
            Console.WriteLine("Trying the password.")
            Dim publicApp = PublicClientApplicationBuilder.Create("client").Build()
            ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
            Return publicApp.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync().Result.AccessToken
        End Try
    End Function

    Public Async Function Invoices(refreshToken As String, user As String, password As String) As Task(Of String)
        Dim attempt = 0
        While attempt < 5
            Dim http As New HttpClient()
            http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", Await SignIn(refreshToken, user, password))
            ' pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
            Dim answer = Await http.GetAsync(Partner & "/v1/invoices")
            ' pcmfa: finding mfa-error-retried
            If answer.StatusCode <> HttpStatusCode.Unauthorized Then
                Return Await answer.Content.ReadAsStringAsync()
            End If
            attempt += 1
        End While
        Return Nothing
    End Function

    Public Async Function Audit() As Task(Of String)
        Dim http As New HttpClient()
        ' pcmfa: finding static-token
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
        ' pcmfa: call verdict=unresolved ; finding unresolved-token
        Return Await http.GetStringAsync(Partner & "/v1/auditrecords")
    End Function

    Public Async Function Mail() As Task(Of String)
        Dim http As New HttpClient()
        ' pcmfa: decoy
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
        Return Await http.GetStringAsync("https://graph.microsoft.com/v1.0/users")
    End Function

    Public Async Function Users(customer As String) As Task(Of String)
        Dim app = ConfidentialClientApplicationBuilder.Create("client").WithClientSecret(Environment.GetEnvironmentVariable("PC_CLIENT_SECRET")).Build()
        ' pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        Dim result = Await app.AcquireTokenForClient({Partner & "/.default"}).ExecuteAsync()
        Dim http As New HttpClient()
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", result.AccessToken)
        ' pcmfa: call verdict=exempt from=client-credentials
        Await http.GetStringAsync(Partner & "/v1/customers")
        ' pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        Return Await http.GetStringAsync(Partner & "/v1/customers/" & customer & "/users")
    End Function

    Public Async Function Windows() As Task(Of String)
        Dim app = PublicClientApplicationBuilder.Create("client").Build()
        ' pcmfa: acquisition flow=integrated-windows verdict=blocked pc=yes ; finding integrated-windows-auth
        Dim result = Await app.AcquireTokenByIntegratedWindowsAuth(scopes).ExecuteAsync()
        Dim http As New HttpClient()
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", result.AccessToken)
        ' pcmfa: call verdict=blocked from=integrated-windows
        Return Await http.GetStringAsync(Partner & "/v1/agreements")
    End Function
End Class

Imports System.Linq
Imports System.Net
Imports System.Net.Http
Imports System.Net.Http.Headers
Imports System.Threading.Tasks
Imports Microsoft.Identity.Client
Imports Newtonsoft.Json.Linq

Public Class Client
    Public Async Function Users(refreshToken As String, customers As String()) As Task
        Dim app = ConfidentialClientApplicationBuilder.Create("client").WithClientSecret(Environment.GetEnvironmentVariable("PC_CLIENT_SECRET")).Build()
        ' pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        Dim result = Await CType(app, IByRefreshToken).AcquireTokenByRefreshToken({"https://api.partnercenter.microsoft.com/user_impersonation"}, refreshToken).ExecuteAsync()
        Dim http As New HttpClient()
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", result.AccessToken)
        ' pcmfa: check
        http.DefaultRequestHeaders.Add("ValidateMfa", "true")
        For Each customer In customers
            ' pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
            Dim answer = Await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers/" & customer & "/users")
            ' The next round is another customer.
            ' pcmfa: decoy
            If answer.StatusCode = HttpStatusCode.Unauthorized Then
                Console.WriteLine(Explain(CStr(JObject.Parse(Await answer.Content.ReadAsStringAsync())("code"))))
                Continue For
            End If
            ' pcmfa: check
            If answer.Headers.GetValues("isMfaCompliant").First() <> "true" Then
                Console.WriteLine("the token carries no MFA claim")
            End If
        Next
    End Function

    Private Function Explain(code As String) As String
        Select Case code
            ' pcmfa: check
            Case "900421"
                Return "repeat the consent with MFA"
            ' pcmfa: decoy
            Case "900420"
                Return "the token is for a retired audience"
            Case Else
                Return "refused"
        End Select
    End Function
End Class

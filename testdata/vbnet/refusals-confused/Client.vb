Imports System.Net.Http
Imports System.Net.Http.Headers
Imports System.Threading.Tasks
Imports Microsoft.Identity.Client
Imports Newtonsoft.Json.Linq

Public Class Client
    Public Async Function Agreements(app As IConfidentialClientApplication, refreshToken As String) As Task(Of String)
        ' pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        Dim result = Await CType(app, IByRefreshToken).AcquireTokenByRefreshToken({"https://api.partnercenter.microsoft.com/user_impersonation"}, refreshToken).ExecuteAsync()
        Dim http As New HttpClient()
        http.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", result.AccessToken)
        ' pcmfa: check ; finding mfa-check-ignored
        http.DefaultRequestHeaders.Add("ValidateMfa", "true")
        ' pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        Dim answer = Await http.GetAsync("https://api.partnercenter.microsoft.com/v1/agreements")
        Dim text = Await answer.Content.ReadAsStringAsync()
        If answer.IsSuccessStatusCode Then Return text
        Select Case CStr(JObject.Parse(text)("code"))
            ' pcmfa: check ; finding mfa-error-confused
            Case "900421", "900420"
                Throw New InvalidOperationException("sign in again")
        End Select
        Return text
    End Function
End Class

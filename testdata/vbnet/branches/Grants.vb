Imports System.Net.Http

Public Class Grants
    Private ReadOnly _http As New HttpClient
    Private _token As String

    ' The form is text, and the grant is chosen by the caller.
    Private Async Function Ask(kind As String, secret As String) As Task(Of String)
        Dim body As String = "client_id=1&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com"
        Select Case kind
            Case "user"
                body &= "&grant_type=password&username=a&password=" & secret
            Case "application", "app"
                body &= "&grant_type=client_credentials&client_secret=" & secret ' pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            Case Else
                body += "&grant_type=authorization_code&code=" & secret
        End Select
        Dim content = New StringContent(body, Nothing, "application/x-www-form-urlencoded")
        Dim reply = Await _http.PostAsync("https://login.microsoftonline.com/common/oauth2/token", content)
        Return Newtonsoft.Json.Linq.JObject.Parse(Await reply.Content.ReadAsStringAsync()).Value(Of String)("access_token")
    End Function

    Public Async Function Invoices(secret As String) As Task(Of String)
        _token = Await Ask("application", secret)
        Dim request As New HttpRequestMessage With {
            .Method = HttpMethod.Get,
            .RequestUri = New Uri("https://api.partnercenter.microsoft.com/v1/invoices")
        }
        request.Headers.Add("Authorization", "Bearer " & _token)
        Dim send = Async Function(message As HttpRequestMessage)
                       Return Await _http.SendAsync(message) ' pcmfa: call verdict=exempt from=client-credentials
                   End Function
        Dim reply = Await send(request)
        Return Await reply.Content.ReadAsStringAsync()
    End Function
End Class

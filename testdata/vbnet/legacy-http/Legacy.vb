Imports System.Collections.Specialized
Imports System.Configuration
Imports System.IO
Imports System.Net
Imports System.Text
Imports Newtonsoft.Json.Linq

Public Class Legacy
    Private Shared ReadOnly Property Api As String
        Get
            Return ConfigurationManager.AppSettings("PartnerApi")
        End Get
    End Property

    Public Function Login(tenant As String, clientId As String, user As String, password As String) As String
        Using client As New WebClient
            Dim values As New NameValueCollection From {
                {"resource", "https://api.partnercenter.microsoft.com"},
                {"client_id", clientId},
                {"grant_type", "password"}, ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                {"username", user}
            }
            values("password") = password
            Dim reply() As Byte = client.UploadValues("https://login.microsoftonline.com/" & tenant & "/oauth2/token", "POST", values)
            Dim json = JObject.Parse(Encoding.UTF8.GetString(reply))
            Login = json("access_token").ToString()
        End Using
    End Function

    Public Function Customers(tenant As String, clientId As String, user As String, password As String) As String
        Dim request = DirectCast(WebRequest.Create(Api & "/v1/customers"), HttpWebRequest)
        request.Method = "GET"
        request.Headers.Add("Authorization", "Bearer " & Login(tenant, clientId, user, password))
        Try
            ' pcmfa: call verdict=blocked from=ropc
            Using response = request.GetResponse(), reader As New StreamReader(response.GetResponseStream())
                Return reader.ReadToEnd()
            End Using
        Catch ex As WebException When ex.Status = WebExceptionStatus.ProtocolError
            Return Nothing
        Finally
            Console.WriteLine("done")
        End Try
    End Function

    Public Sub News()
        Dim request = WebRequest.Create("https://news.contoso.example/v1/customers")
        ' pcmfa: decoy
        Using response = request.GetResponse() : Console.WriteLine(response.ContentLength) : End Using
    End Sub
End Class

Imports Azure.Core
Imports Azure.Identity
Imports RestSharp

Friend Class Identity
    Public Async Function Offers() As Task(Of String)
        Dim credential As New ClientSecretCredential(
            Environment.GetEnvironmentVariable("TENANT"),
            Environment.GetEnvironmentVariable("CLIENT"),
            Environment.GetEnvironmentVariable("SECRET"))
        Dim context = New TokenRequestContext({"https://api.partnercenter.microsoft.com/.default"})
        ' pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        Dim token = Await credential.GetTokenAsync(context, Nothing)

        Dim client As New RestClient("https://api.partnercenter.microsoft.com")
        Dim request As New RestRequest("v1/offers", Method.Get)
        request.AddHeader("Authorization", String.Format("Bearer {0}", token.Token))
        ' pcmfa: call verdict=exempt from=client-credentials
        Dim response = Await client.ExecuteAsync(request)
        Return response.Content
    End Function

    Public Function Browser(pickedByUser As Boolean) As String
        Dim credential As TokenCredential = If(pickedByUser,
                                               DirectCast(New InteractiveBrowserCredential(), TokenCredential),
                                               New DeviceCodeCredential())
        ' pcmfa: acquisition flow=device-code verdict=capable pc=yes ; acquisition flow=interactive verdict=capable pc=yes
        Dim token = credential.GetToken(New TokenRequestContext({"https://api.partnercenter.microsoft.com/user_impersonation"}))
        Dim client = New RestClient("https://api.partnercenter.microsoft.com")
        Dim request = New RestRequest("v1/profiles/mpn")
        request.AddHeader("Authorization", "Bearer " + token.Token)
        ' pcmfa: call verdict=capable from=device-code,interactive
        Return client.Get(request).Content
    End Function

    Public Function Weather() As String
        Dim client = New RestClient("https://weather.contoso.example")
        ' pcmfa: decoy
        Return client.Get(New RestRequest("v1/customers")).Content
    End Function
End Class

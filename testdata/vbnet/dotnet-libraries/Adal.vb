Imports Microsoft.IdentityModel.Clients.ActiveDirectory
Imports Microsoft.Store.PartnerCenter
Imports Microsoft.Store.PartnerCenter.Extensions

Public Class Adal
    Private Const Resource As String = "https://api.partnercenter.microsoft.com"

    Public Function SignIn(clientId As String, user As String, password As String) As IAggregatePartner
        Dim context As New AuthenticationContext("https://login.microsoftonline.com/common")
        Dim credential = New UserPasswordCredential(user, password)
        ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        Dim result = context.AcquireTokenAsync(Resource, clientId, credential).Result
        ' pcmfa: call verdict=blocked from=ropc
        Dim credentials = PartnerCredentials.Instance.GenerateByUserCredentials(clientId, New AuthenticationToken(result.AccessToken, result.ExpiresOn))
        Return PartnerService.Instance.CreatePartnerOperations(credentials)
    End Function

    Public Sub List(clientId As String, user As String, password As String)
        Dim partner = SignIn(clientId, user, password)
        ' pcmfa: call verdict=blocked from=ropc
        Dim customers = partner.Customers.Get()
        For Each customer In customers.Items
            ' pcmfa: call verdict=blocked from=ropc
            Dim subscriptions = partner.Customers.ById(customer.Id).Subscriptions.Get()
        Next
    End Sub

    Public Function ForApplication(clientId As String, secret As String, domain As String) As IAggregatePartner
        ' pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
        Dim credentials = PartnerCredentials.Instance.GenerateByApplicationCredentials(clientId, secret, domain)
        Dim partner = PartnerService.Instance.CreatePartnerOperations(credentials)
        ' pcmfa: call verdict=exempt from=client-credentials
        partner.Invoices.Summary.Get()
        Return partner
    End Function
End Class

' The names alone mean nothing.
Public Class Rental
    Public Function AcquireToken(machine As String) As String
        Return "token for " & machine
    End Function

    Public Sub Play()
        ' pcmfa: decoy
        Console.WriteLine(AcquireToken("pinball"))
    End Sub
End Class

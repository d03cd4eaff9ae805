Imports System.Threading.Tasks
Imports Microsoft.Identity.Client

Namespace Contoso.Sync
    ''' <summary>One helper for all APIs: the caller names the resource and the kind of token.</summary>
    Public NotInheritable Class Tokens
        Private ReadOnly _confidential As IConfidentialClientApplication
        Private ReadOnly _public As IPublicClientApplication
        Private _user, _password As String

        Public Sub New(tenant As String, clientId As String, secret As String, user As String, password As String)
            MyBase.New()
            _confidential = ConfidentialClientApplicationBuilder.Create(clientId) _
                .WithClientSecret(secret) _
                .WithTenantId(tenant) _
                .Build()
            _public = PublicClientApplicationBuilder.Create(clientId).WithTenantId(tenant).Build()
            _user = user
            Me._password = password
        End Sub

        Public Async Function GetAsync(resource As String, Optional asApplication As Boolean = True) As Task(Of String)
            Dim scopes() As String = {resource & "/.default"}
            If asApplication Then
                ' pcmfa: decoy
                Dim app = Await _confidential.AcquireTokenForClient(scopes).ExecuteAsync()
                Return app.AccessToken
            End If

            ' pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            Dim user = Await _public.ACQUIRETOKENBYUSERNAMEPASSWORD(scopes, _user, _password).ExecuteAsync()
            Return user.AccessToken
        End Function
    End Class
End Namespace

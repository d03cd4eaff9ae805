Public Module Hosts
    Public Const Graph As String = "https://graph.microsoft.com"
    Public Const Partner As String = "https://api.partnercenter.microsoft.com"
End Module

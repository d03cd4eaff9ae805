module Contoso.Hosts

[<Literal>]
let Graph = "https://graph.microsoft.com"

let partner = "https://api.partnercenter.microsoft.com"

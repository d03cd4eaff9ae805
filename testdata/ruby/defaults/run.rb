require_relative 'api'

# pcmfa: call verdict=blocked from=ropc
Api.get('/v1/customers')

# pcmfa: call verdict=exempt from=client-credentials
Api.get('/v1/invoices', token: Api.token(grant: :application))

$graph = Api.token(resource: 'https://graph.microsoft.com')

def users
  # pcmfa: decoy
  Api.get '/v1.0/users', token: $graph, host: 'https://graph.microsoft.com'
end

users

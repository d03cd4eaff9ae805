require 'json'
require 'net/http'

def login(resource)
  answer = Net::HTTP.post_form(
    URI('https://login.microsoftonline.com/contoso.example/oauth2/token'),
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
    'grant_type' => 'client_credentials', 'client_id' => ENV['CLIENT_ID'],
    'client_secret' => ENV['CLIENT_SECRET'], 'resource' => resource
  )
  JSON.parse(answer.body)['access_token']
end

token = login('https://graph.windows.net')
# pcmfa: call verdict=exempt from=client-credentials
Net::HTTP.get_response(URI('https://api.partnercenter.microsoft.com/v1/customers'), 'Authorization' => "Bearer #{token}")
# pcmfa: decoy
Net::HTTP.get_response(URI('https://graph.windows.net/contoso.example/users'), 'Authorization' => "Bearer #{token}")

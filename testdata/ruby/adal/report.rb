require 'adal'
require 'net/http'

context = ADAL::AuthenticationContext.new('login.microsoftonline.com', ENV['TENANT_ID'])
client = ADAL::ClientCredential.new(ENV['CLIENT_ID'], ENV['CLIENT_SECRET'])
user = ADAL::UserCredential.new(ENV['PARTNER_USER'], ENV['PARTNER_PASSWORD'])
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
result = context.acquire_token_for_user('https://api.partnercenter.microsoft.com', client, user)

uri = URI('https://api.partnercenter.microsoft.com/v1/customers')
request = Net::HTTP::Get.new(uri)
request['Authorization'] = "Bearer #{result.access_token}"
http = Net::HTTP.new(uri.host, uri.port)
http.request(request) # pcmfa: call verdict=blocked from=ropc

# pcmfa: decoy
context.acquire_token_for_user('https://graph.microsoft.com', client, user)

require 'typhoeus'

# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
body = <<~FORM.lines.map(&:chomp).join('&')
  grant_type=refresh_token
  resource=https://api.partnercenter.microsoft.com
  refresh_token=#{ENV['REFRESH_TOKEN']}
FORM
answer = Typhoeus.post('https://login.microsoftonline.com/common/oauth2/token', body: body)
token = JSON.parse(answer.body)['access_token']

# pcmfa: call verdict=capable from=refresh-token
Typhoeus.get('https://api.partnercenter.microsoft.com/v1/customers', headers: { Authorization: "Bearer #{token}" })

request = Typhoeus::Request.new(
  'https://api.partnercenter.microsoft.com/v1/profiles/mpn',
  method: :get,
  headers: { Authorization: "Bearer #{token}" }
)
request.run # pcmfa: call verdict=capable from=refresh-token

Typhoeus.get('https://rates.contoso.example/v1/customers') # pcmfa: decoy

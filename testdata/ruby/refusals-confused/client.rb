require 'json'
require 'net/http'

PARTNER = 'https://api.partnercenter.microsoft.com'

def agreements(refresh_token)
  login = Net::HTTP.post_form(
    URI('https://login.microsoftonline.com/common/oauth2/token'),
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    'grant_type' => 'refresh_token', 'refresh_token' => refresh_token, 'resource' => PARTNER
  )
  token = JSON.parse(login.body)['access_token']
  # pcmfa: check ; finding mfa-check-ignored
  headers = { 'Authorization' => "Bearer #{token}", 'ValidateMfa' => 'true' }
  # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
  answer = Net::HTTP.get_response(URI("#{PARTNER}/v1/agreements"), headers)
  return answer if answer.code == '200'

  # pcmfa: check ; finding mfa-error-confused
  raise 'sign in again' if %w[900421 900420].include?(JSON.parse(answer.body)['code'].to_s)

  answer
end

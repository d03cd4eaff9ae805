# frozen_string_literal: true

require 'json'
require 'net/http'

PARTNER = 'https://api.partnercenter.microsoft.com'
CLIENT_SECRET = 'q7-Tulip-Harbour-19' # pcmfa: finding hard-coded-secret
# Read when the vault is there.
OLD_SECRET = 'YOUR_CLIENT_SECRET' # pcmfa: decoy

def post(form)
  answer = Net::HTTP.post_form(URI('https://login.microsoftonline.com/contoso.example/oauth2/token'), form)
  answer.value
  JSON.parse(answer.body)['access_token']
end

def sign_in(refresh_token, user, password)
  # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
  post('grant_type' => 'refresh_token', 'client_secret' => CLIENT_SECRET,
       'refresh_token' => refresh_token, 'resource' => PARTNER)
rescue Net::HTTPClientException
  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
  post('grant_type' => 'password', 'username' => user, 'password' => password, 'resource' => PARTNER)
end

def invoices(refresh_token, user, password)
  attempts = 0
  while attempts < 5
    token = sign_in(refresh_token, user, password)
    # pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
    answer = Net::HTTP.get_response(URI("#{PARTNER}/v1/invoices"), 'Authorization' => "Bearer #{token}")
    # pcmfa: finding mfa-error-retried
    return JSON.parse(answer.body) unless answer.code == '401'

    attempts += 1
  end
end

def audit
  # pcmfa: finding static-token
  headers = { 'Authorization' => 'Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.' }
  # pcmfa: call verdict=unresolved ; finding unresolved-token
  Net::HTTP.get_response(URI("#{PARTNER}/v1/auditrecords"), headers)
end

def mail
  # pcmfa: decoy
  headers = { 'Authorization' => 'Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.' }
  Net::HTTP.get_response(URI('https://graph.microsoft.com/v1.0/users'), headers)
end

def users(customer)
  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  token = post('grant_type' => 'client_credentials', 'client_secret' => ENV['PC_CLIENT_SECRET'], 'resource' => PARTNER)
  headers = { 'Authorization' => "Bearer #{token}" }
  # pcmfa: call verdict=exempt from=client-credentials
  Net::HTTP.get_response(URI("#{PARTNER}/v1/customers"), headers)
  # pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
  Net::HTTP.get_response(URI("#{PARTNER}/v1/customers/#{customer}/users"), headers)
end

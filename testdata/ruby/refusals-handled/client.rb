require 'json'
require 'net/http'

PARTNER = 'https://api.partnercenter.microsoft.com'

def token(refresh_token)
  login = Net::HTTP.post_form(
    URI('https://login.microsoftonline.com/common/oauth2/token'),
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    'grant_type' => 'refresh_token', 'refresh_token' => refresh_token, 'resource' => PARTNER,
    'client_secret' => ENV.fetch('PC_CLIENT_SECRET')
  )
  JSON.parse(login.body)['access_token']
end

def users(refresh_token, customers)
  bearer = token(refresh_token)
  # pcmfa: check
  headers = { 'Authorization' => "Bearer #{bearer}", 'ValidateMfa' => 'true' }
  customers.each do |customer|
    # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    answer = Net::HTTP.get_response(URI("#{PARTNER}/v1/customers/#{customer}/users"), headers)
    # The next round is another customer.
    # pcmfa: decoy
    if answer.code == '401'
      warn explain(JSON.parse(answer.body)['code'].to_s)
      next
    end
    # pcmfa: check
    warn 'the token carries no MFA claim' unless answer['isMfaCompliant'] == 'true'
  end
end

def explain(code)
  case code
  # pcmfa: check
  when '900421' then 'repeat the consent with MFA'
  # pcmfa: decoy
  when '900420' then 'the token is for a retired audience'
  else 'refused'
  end
end

# Too many calls: that heals by itself.
def patient(bearer)
  5.times do
    # pcmfa: call verdict=unresolved ; finding unresolved-token ; check
    answer = Net::HTTP.get_response(URI("#{PARTNER}/v1/partnerRequests"), 'Authorization' => "Bearer #{bearer}")
    # pcmfa: decoy
    return answer unless answer.code == '429'

    sleep 60
  end
end

require 'rest-client'

def sign_in(mode)
  form = { client_id: ENV['CLIENT_ID'], resource: 'https://api.partnercenter.microsoft.com' }
  case mode
  when :user
    form[:grant_type] = 'password' # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    form[:username] = ENV['PARTNER_USER']
    form[:password] = ENV['PARTNER_PASSWORD']
  else
    form[:grant_type] = 'client_credentials' # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    form[:client_secret] = ENV['CLIENT_SECRET']
  end
  answer = RestClient.post("https://login.microsoftonline.com/#{ENV['TENANT_ID']}/oauth2/token", form)
  JSON.parse(answer)['access_token']
end

# pcmfa: call verdict=exempt from=client-credentials
RestClient.get('https://api.partnercenter.microsoft.com/v1/invoices', Authorization: "Bearer #{sign_in(:application)}")

# pcmfa: call verdict=blocked from=ropc
RestClient::Request.execute(
  method: :get,
  url: 'https://api.partnercenter.microsoft.com/v1/customers',
  headers: { Authorization: "Bearer #{sign_in(:user)}" }
)

# pcmfa: decoy
RestClient.get 'https://rates.contoso.example/v1/invoices', Authorization: 'none'

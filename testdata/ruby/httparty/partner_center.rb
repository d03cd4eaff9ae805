require 'httparty'

class PartnerCenter
  include HTTParty
  base_uri 'https://api.partnercenter.microsoft.com'

  def initialize(user, password)
    @auth = { 'Authorization' => "Bearer #{login(user, password)}" }
  end

  def customers
    # pcmfa: call verdict=blocked from=ropc
    self.class.get('/v1/customers', headers: @auth)
  end

  def agreement(customer, body)
    # pcmfa: call verdict=blocked from=ropc
    HTTParty.post("https://api.partnercenter.microsoft.com/v1/customers/#{customer}/agreements", body: body, headers: @auth)
  end

  def hook(event)
    # pcmfa: decoy
    HTTParty.post('https://hooks.contoso.example/v1/customers', body: { event: event }, headers: {})
  end

  private

  def login(user, password)
    url = 'https://login.microsoftonline.com/%s/oauth2/token' % ENV['TENANT_ID']
    answer = HTTParty.post(url, body: {
      grant_type: 'password', # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      username: user,
      password: password,
      resource: 'https://api.partnercenter.microsoft.com'
    })
    answer.parsed_response['access_token']
  end
end

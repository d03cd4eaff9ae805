require 'faraday'

class Client
  API = 'https://api.partnercenter.microsoft.com'

  def initialize(login)
    @login = login
  end

  def connection
    @connection ||= Faraday.new(url: API, headers: { 'Accept' => 'application/json' }) do |f|
      f.request :json
      f.response :raise_error
      f.headers['Authorization'] = "Bearer #{@login.token}"
      f.adapter Faraday.default_adapter
    end
  end

  def customers
    # pcmfa: call verdict=blocked from=ropc
    connection.get('/v1/customers').body
  end

  def subscribe(customer, offer)
    # pcmfa: call verdict=blocked from=ropc
    connection.post do |req|
      req.url "/v1/customers/#{customer}/orders"
      req.body = { lineItems: [{ offerId: offer }] }.to_json
    end
  end

  def rates
    # pcmfa: decoy
    Faraday.get('https://rates.contoso.example/v1/customers', nil, { 'Authorization' => 'none' })
  end
end

require_relative 'tokens'

module Contoso
  PARTNER = 'https://api.partnercenter.microsoft.com'.freeze

  class Partner
    def initialize(tokens)
      @tokens = tokens
    end

    def customers
      # pcmfa: call verdict=blocked from=ropc
      @customers ||= get('/v1/customers?size=500', user_token)['items']
    end

    def invoices
      # pcmfa: call verdict=exempt from=client-credentials
      get('/v1/invoices', @tokens.for_application(PARTNER))
    end

    def order(customer, lines)
      uri = URI.parse("#{PARTNER}/v1/customers/#{customer}/orders")
      request = Net::HTTP::Post.new(uri.request_uri, 'Content-Type' => 'application/json')
      request['Authorization'] = "Bearer #{@tokens.refreshed(PARTNER)}"
      request.body = lines.to_json
      http = Net::HTTP.new(uri.host, uri.port)
      http.use_ssl = true
      http.request(request) # pcmfa: call verdict=capable from=refresh-token
    end

    private

    def user_token
      @tokens.for_user(PARTNER, ENV['PARTNER_USER'], ENV['PARTNER_PASSWORD'])
    end

    def get(path, token)
      uri = URI(PARTNER + path)
      request = Net::HTTP::Get.new(uri)
      request['Authorization'] = 'Bearer ' + token
      # pcmfa: call verdict=blocked from=client-credentials,ropc
      response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
      JSON.parse(response.body, symbolize_names: false)
    end
  end
end

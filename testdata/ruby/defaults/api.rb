# Keywords, options, defaults and the file's own variables.
require 'rest-client'

module Api
  module_function

  HOST = 'https://api.partnercenter.microsoft.com'.freeze
  LOGIN = { host: 'https://login.microsoftonline.com', path: 'oauth2/token' }.freeze

  def token(grant: :password, resource: HOST, **extra)
    payload = { resource: resource, **extra }
    if grant == :password
      payload[:grant_type] = 'password' # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      payload.merge!(username: ENV.fetch('PARTNER_USER'), password: ENV.fetch('PARTNER_PASSWORD'))
    else
      payload[:grant_type] = 'client_credentials' # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    end
    url = [LOGIN[:host], ENV['TENANT_ID'], LOGIN[:path]].join('/')
    JSON.parse(RestClient.post(url, payload), symbolize_names: true)[:access_token]
  end

  def get(path, token: nil, host: HOST)
    token ||= self.token
    # pcmfa: call verdict=blocked from=client-credentials,ropc
    RestClient.get("#{host}#{path}", 'Authorization' => "Bearer #{token}")
  end
end

class Login
  def initialize(settings)
    @settings = settings
  end

  def token
    response = Faraday.post("https://login.windows.net/#{@settings[:tenant]}/oauth2/token") do |req|
      req.headers['Content-Type'] = 'application/x-www-form-urlencoded'
      req.body = URI.encode_www_form(
        grant_type: 'password', # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        username: @settings[:user],
        password: @settings[:password],
        resource: 'https://api.partnercenter.microsoft.com'
      )
    end
    JSON.parse(response.body)['access_token']
  end
end

Rails.application.config.middleware.use OmniAuth::Builder do
  # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
  provider :entra_id,
           client_id: ENV['CLIENT_ID'],
           client_secret: ENV['CLIENT_SECRET'],
           scope: 'https://api.partnercenter.microsoft.com/user_impersonation'

  # pcmfa: decoy
  provider :github, ENV['GITHUB_KEY'], ENV['GITHUB_SECRET']
end

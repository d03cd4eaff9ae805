require 'oauth2'

RESOURCE = 'https://api.partnercenter.microsoft.com'

def client
  @client ||= OAuth2::Client.new(
    ENV['CLIENT_ID'],
    ENV['CLIENT_SECRET'],
    site: 'https://login.microsoftonline.com',
    token_url: '/common/oauth2/token'
  )
end

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
token = client.password.get_token(ENV['PARTNER_USER'], ENV['PARTNER_PASSWORD'], resource: RESOURCE)
# pcmfa: call verdict=blocked from=ropc
token.get("#{RESOURCE}/v1/customers").parsed

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
application = client.client_credentials.get_token(resource: RESOURCE)
# pcmfa: call verdict=exempt from=client-credentials
Net::HTTP.get(URI("#{RESOURCE}/v1/invoices"), { 'Authorization' => "Bearer #{application.token}" })

# pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
session = client.auth_code.get_token(ARGV.first, redirect_uri: 'https://portal.contoso.example', resource: RESOURCE)
# pcmfa: call verdict=capable from=authorization-code
session.get("#{RESOURCE}/v1/profiles/billing")

# pcmfa: decoy
client.password.get_token(ENV['MAIL_USER'], ENV['MAIL_PASSWORD'], resource: 'https://graph.microsoft.com')

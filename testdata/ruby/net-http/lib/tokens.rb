# frozen_string_literal: true

require 'net/http'
require 'json'

module Contoso
  # One helper for all resources.
  class Tokens
    LOGIN = 'https://login.microsoftonline.com'

    attr_reader :tenant

    def initialize(tenant:, client_id: ENV.fetch('CLIENT_ID', 'sync'))
      @tenant = tenant
      @client_id = client_id
    end

    def for_user(resource, user, password)
      fields = { resource: resource, client_id: @client_id }
      # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
      fields[:grant_type] = 'password'
      fields.merge!(username: user, password: password)
      response = Net::HTTP.post_form(endpoint, fields)
      JSON.parse(response.body)['access_token']
    end

    def for_application(resource)
      fetch(
        'grant_type' => 'client_credentials', # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        'client_secret' => ENV['CLIENT_SECRET'],
        'resource' => resource
      )
    end

    def refreshed(resource)
      # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
      fetch({ 'grant_type' => 'refresh_token', 'refresh_token' => File.read('token.txt').strip, 'resource' => resource })
    end

    private

    def endpoint
      URI("#{LOGIN}/#{tenant}/oauth2/token")
    end

    def fetch(form)
      uri = endpoint
      request = Net::HTTP::Post.new(uri)
      request.set_form_data(form.merge('client_id' => @client_id))
      response = Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) do |http|
        http.request(request)
      end
      raise "Sign-in failed: #{response.code}" unless response.is_a?(Net::HTTPSuccess)

      JSON.parse(response.body).fetch('access_token')
    end
  end
end

#!/usr/bin/env ruby
require_relative 'lib/partner'

tokens = Contoso::Tokens.new(tenant: ENV['TENANT_ID'])
partner = Contoso::Partner.new(tokens)
partner.customers.each { |customer| puts customer['companyProfile']['companyName'] }
puts partner.invoices

graph = tokens.for_user('https://graph.microsoft.com', ENV['MAIL_USER'], ENV['MAIL_PASSWORD'])
# pcmfa: decoy
Net::HTTP.get_response(URI('https://graph.microsoft.com/v1.0/users'), 'Authorization' => "Bearer #{graph}")

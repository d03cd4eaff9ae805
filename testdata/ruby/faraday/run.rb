require './login'
require './client'

client = Client.new(Login.new(YAML.load_file('settings.yml')))
client.customers
client.subscribe(ARGV[0], ARGV[1])

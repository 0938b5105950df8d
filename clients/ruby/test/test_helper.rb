# frozen_string_literal: true

$LOAD_PATH.unshift(File.expand_path("../lib", __dir__))
require "gatepost"
require "minitest/autorun"
require "timeout"
require_relative "server"

class GatepostTest < Minitest::Test
  PATIENCE = 30

  def teardown
    @client&.transport&.close
    @server&.close
  end

  # Gives a client of a server that answers as the block says.
  def client(**settings, &answers)
    @server = Server.new(answers)
    @client = Gatepost::Client.new(configuration(@server.url, **settings))
  end

  attr_reader :server

  def configuration(url = "http://localhost:1", **settings)
    Gatepost::Configuration.new({}).tap do |configuration|
      configuration.url = url
      { user: "app", password: "secret" }.merge(settings).each { |name, value| configuration.public_send("#{name}=", value) }
    end
  end

  # What Gatepost says to a message to users.
  def taken(request, **more)
    users = request.json.dig("to", "users")
    [200, { status: 200, results: users.map { |user| { user:, epoch: "e", offset: 7, **more } } }]
  end

  def problem(status, detail, headers = {}, **more)
    [status, headers, { title: "No", status:, detail:, **more }]
  end
end

# How the scripts of this folder connect: with the gem's hash, as its documentation has it. The first argument is JSON: "ports" of
# the hosts to try in turn, "login", "passcode", "heartbeat", and any option of the gem's own under "options".
require "json"
require "stomp"

$stdout.sync = true

module Session
  def self.open(settings)
    Stomp::Client.new(parameters(settings))
  end

  def self.parameters(settings)
    {
      hosts: settings["ports"].map do |port|
        { login: settings["login"], passcode: settings["passcode"], host: "localhost", port: port, ssl: false }
      end,
      connect_headers: {
        "accept-version" => "1.1,1.2", "host" => "localhost", "heart-beat" => settings.fetch("heartbeat", "0,0")
      },
      reliable: false
    }.merge((settings["options"] || {}).transform_keys(&:to_sym))
  end
end

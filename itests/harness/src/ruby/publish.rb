# Publishes each message that a line of the input holds, and prints the line's "id" once the receipt for it has come.
require_relative "session"

client = Session.open(JSON.parse(ARGV[0]))
puts JSON.generate("connected" => client.protocol)
$stdin.each_line do |line|
  request = JSON.parse(line)
  client.publish(request["destination"], request["body"].unpack1("m"), request["headers"] || {}) do
    puts JSON.generate("id" => request["id"])
  end
end
client.close

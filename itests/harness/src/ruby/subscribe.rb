# Subscribes to the destination of the second argument with the ack mode of the third, and prints each message. With ack modes
# other than auto it acknowledges each one once it is printed.
require_relative "session"

client = Session.open(JSON.parse(ARGV[0]))
mode = ARGV[2]
client.subscribe(ARGV[1], "ack" => mode) do |message|
  puts JSON.generate("headers" => message.headers, "body" => [message.body].pack("m0"))
  client.ack(message) unless mode == "auto"
end
puts JSON.generate("connected" => client.protocol)
$stdin.read
client.close

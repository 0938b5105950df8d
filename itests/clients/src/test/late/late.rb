# Reads PORT's QUEUE with the gem's Client, which comes back by itself, and prints each message. A number in a line of the input is
# that of a message, from 0, which is acknowledged: however late, with the message object as it was received. What its receipt says
# is printed.
require "json"
require "stomp"

port, queue = ARGV
$stdout.sync = true
client = Stomp::Client.new(
  hosts: [{ login: "system", passcode: "manager", host: "127.0.0.1", port: port.to_i }], reliable: true, closed_check: false,
  initial_reconnect_delay: 0.02, max_reconnect_delay: 0.2, logger: Stomp::NullLogger.new,
  connect_headers: { "accept-version" => "1.2", "host" => "localhost", "heart-beat" => "0,0" }
)
received = []
client.subscribe(queue, "id" => "late", "ack" => "client-individual") do |message|
  received << message
  puts JSON.generate("body" => message.body, "ack" => message.headers["ack"])
end
begin
  while (number = $stdin.gets)
    client.ack(received[number.to_i]) { |receipt| puts JSON.generate("settled" => receipt.headers["gatepost-settled"]) }
  end
rescue Stomp::Error::BrokerException
  retry # an ERROR frame is raised here, while the gem comes back all the same
end
exit!

# Prints how many heart-beats were sent and have come, for each line of the input.
require_relative "session"

client = Session.open(JSON.parse(ARGV[0]))
puts JSON.generate("connected" => client.protocol)
$stdin.each_line do
  puts JSON.generate("sent" => client.hbsend_count, "received" => client.hbrecv_count, "open" => client.open?)
end
client.close

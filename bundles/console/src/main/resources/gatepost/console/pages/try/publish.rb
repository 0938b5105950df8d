require "stomp"

account = { login: "system", passcode: "manager",
            host: "localhost", port: 61612 }
client = Stomp::Client.new(hosts: [account])

# when the receipt comes, the message is on Gatepost's disk
client.publish("/queue/user.alice", "Hello from Ruby",
               "content-type" => "text/plain",
               "from" => "the application") do
  puts "alice has it, or will find it"
  client.close
end
client.join

# Prints how many heart-beats were sent, and how often one had come in time when the gem looked, for each line of the input.
require_relative "session"

# The gem tells its logger each time it looks, and once more when nothing had come since it looked last.
class Beats < Stomp::NullLogger
  attr_reader :in_time

  def initialize
    super
    @in_time = 0
  end

  def on_hbfire(_connection, event, _details)
    @in_time += 1 if event == "receive_fire"
    @in_time -= 1 if event == "receive_heartbeat"
  end
end

beats = Beats.new
settings = JSON.parse(ARGV[0])
client = Session.open(settings.merge("options" => { "logger" => beats }))
puts JSON.generate("connected" => client.protocol)
$stdin.each_line do
  puts JSON.generate("sent" => client.hbsend_count, "received" => beats.in_time, "open" => client.open?)
end
client.close

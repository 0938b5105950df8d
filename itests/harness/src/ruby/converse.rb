# Does what each line of the input asks for, in a connection of its own after each "connect", and prints what came of it: a frame's
# command and body. The gem's Connection hands out every frame, where its Client keeps some to itself.
require_relative "session"

def answer(frame)
  puts JSON.generate(frame ? { "command" => frame.command, "body" => frame.body } : { "command" => "END" })
end

connection = nil
waiting = []
# frames up to the one that answers; messages before it are for later
reply = lambda do
  loop do
    frame = connection.receive
    break answer(frame) if frame.nil? || %w[RECEIPT ERROR].include?(frame.command)
    waiting << frame
  end
end

$stdin.each_line do |line|
  request = JSON.parse(line)
  headers = (request["headers"] || {}).merge("receipt" => "r#{$.}")
  case request["action"]
  when "connect"
    waiting.clear
    connection = Stomp::Connection.new(Session.parameters(request["settings"]))
    answer(connection.connection_frame)
  when "subscribe"
    connection.subscribe(request["destination"], headers.merge("id" => "s#{$.}"))
    reply.call
  when "send"
    connection.publish(request["destination"], request["body"], headers)
    reply.call
  when "begin"
    connection.begin(request["transaction"], headers)
    reply.call
  when "commit"
    connection.commit(request["transaction"], headers)
    reply.call
  when "receive"
    answer(waiting.shift || connection.receive)
  when "disconnect"
    connection.disconnect(headers)
    answer(nil)
  end
end

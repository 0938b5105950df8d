# frozen_string_literal: true

require "json"
require "socket"

# A server of HTTP/1.1 whose answers a test says: [status, body], with headers in between where it wants some, or :silence, which ends
# the connection without an answer. Each connection has a thread.
class Server
  Request = Struct.new(:verb, :path, :headers, :text, :connection, keyword_init: true) do
    def json
      JSON.parse(text)
    end
  end

  attr_reader :requests

  # Yields one, and ends it.
  def self.open(answers)
    server = new(answers)
    yield server
  ensure
    server&.close
  end

  def initialize(answers)
    @answers = answers
    @requests = Thread::Queue.new
    @connections = 0
    @sockets = []
    @listener = TCPServer.new("127.0.0.1", 0)
    @thread = Thread.new { listen }
  end

  def url
    "http://127.0.0.1:#{@listener.addr[1]}"
  end

  # All that came so far, in order.
  def seen
    Array.new(@requests.size) { @requests.pop }
  end

  # Ends all connections, as a restart does, and goes on listening.
  def cut
    @sockets.each(&:close)
  end

  def close
    @thread.kill
    @listener.close
    cut
  end

  private

  def listen
    loop do
      socket = @listener.accept
      @sockets << socket
      number = (@connections += 1)
      Thread.new { serve(socket, number) }
    end
  end

  def serve(socket, number)
    while (request = read(socket, number))
      @requests << request
      answer = @answers.call(request)
      break if answer == :silence

      write(socket, *answer)
    end
  rescue SystemCallError, IOError
    nil # the client is gone, or this ends
  ensure
    socket.close
  end

  def read(socket, connection)
    line = socket.gets or return
    method, path, = line.split
    headers = {}
    headers[Regexp.last_match[1].downcase] = Regexp.last_match[2] while socket.gets.chomp =~ /\A([^:]+): *(.*)\z/
    Request.new(verb: method, path:, headers:, text: socket.read(headers["content-length"].to_i), connection:)
  end

  def write(socket, status, *rest)
    body = rest.last.is_a?(String) ? rest.last : JSON.generate(rest.last)
    headers = { "Content-Length" => body.bytesize }.merge(rest.size > 1 ? rest.first : {})
    head = headers.map { |name, value| "#{name}: #{value}\r\n" }.join
    socket.write("HTTP/1.1 #{status} Said\r\n#{head}\r\n#{body}")
  end
end

require "timeout"

# Messages to users. Each process has one connection, opened when it is first needed and again after it broke.
module Gatepost
  # It is not known whether Gatepost has the message: publish it again, with the same id.
  class Unconfirmed < StandardError; end

  RECEIPT_WITHIN = 10
  NAME = /\A[\w.@-]+\z/

  @lock = Mutex.new

  # Returns once Gatepost has the message safely. The id is the same when a message is published again.
  def self.publish(user, body, id: SecureRandom.uuid)
    raise ArgumentError, "no name of a queue: #{user}" unless NAME.match?(user)

    headers = { "content-type" => "text/plain", "id" => id, "receipt" => id }
    answer = @lock.synchronize { exchange("/queue/user.#{user}", body, headers) }
    raise Unconfirmed, answer&.headers&.fetch("message", nil) || "no receipt" unless answer&.command == "RECEIPT"
  end

  class << self
    private

    # Not Stomp::Client: that raises an ERROR frame in whatever thread has opened the connection, at any time.
    def exchange(destination, body, headers)
      Timeout.timeout(RECEIPT_WITHIN) do
        connection.publish(destination, body, headers)
        connection.receive.tap { |frame| close unless frame&.command == "RECEIPT" }
      end
    rescue SystemCallError, IOError, RuntimeError => e
      close
      raise Unconfirmed, e.message
    end

    def connection
      # a process that was forked has none yet, and leaves its parent's alone
      @connection = nil unless @process == Process.pid && @connection&.open?
      @process = Process.pid
      @connection ||= open
    end

    def open
      config = Rails.configuration.x.gatepost
      Stomp::Connection.new(
        hosts: [{ login: config.login, passcode: config.passcode, host: config.host, port: config.port }],
        connect_headers: { "accept-version" => "1.2", "host" => config.host, "heart-beat" => "10000,0" },
        reliable: false
      )
    end

    def close
      @connection&.disconnect if @connection&.open?
    rescue SystemCallError, IOError, RuntimeError => e
      Rails.logger.info("the connection to Gatepost was broken: #{e.message}")
    ensure
      @connection = nil
    end
  end
end

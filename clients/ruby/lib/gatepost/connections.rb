# frozen_string_literal: true

require "net/http"
require "openssl"

module Gatepost
  # The connections of a process: one, and more only while several threads call at the same time. Any thread. A process that was
  # forked has none of its parent's.
  class Connections
    # Gatepost ends one that is silent for a minute (http.idle).
    IDLE = 30
    KEPT = 16
    UNREACHED = [SystemCallError, IOError, Net::OpenTimeout, SocketError, OpenSSL::SSL::SSLError].freeze

    def initialize(configuration)
      @configuration = configuration
      @lock = Mutex.new
      @process = Process.pid
      @idle = []
    end

    # Yields a connection that nobody else has, and closes it where the block raises.
    def with
      connection = take || open
      whole = false
      result = yield connection
      whole = true
      result
    ensure
      whole ? give(connection) : close(connection)
    end

    def close_all
      all = @lock.synchronize { own.tap { @idle = [] } }
      all.each { |connection, _since| close(connection) }
    end

    private

    # Last in, first out: what is not needed any more grows old.
    def take
      old = []
      connection = @lock.synchronize do
        old, @idle = own.partition { |_one, since| since < now - IDLE }
        @idle.pop&.first
      end
      old.each { |one, _since| close(one) }
      connection
    end

    def give(connection)
      kept = @lock.synchronize do
        own.size < KEPT && @idle.push([connection, now])
      end
      close(connection) unless kept
    end

    # To close a connection of the parent's would say goodbye in its name, over TLS.
    def own
      unless @process == Process.pid
        @process = Process.pid
        @idle = []
      end
      @idle
    end

    def open
      uri = @configuration.uri
      http = Net::HTTP.new(uri.hostname, uri.port, nil) # not by way of a proxy that the environment names
      http.use_ssl = uri.scheme == "https"
      http.ca_file = @configuration.ca_file if @configuration.ca_file
      http.open_timeout = @configuration.open_timeout
      http.read_timeout = http.write_timeout = @configuration.read_timeout
      http.keep_alive_timeout = IDLE
      http.max_retries = 0 # Net::HTTP would do so at once, and not for POST
      http.start
    rescue *UNREACHED => e
      raise Unavailable.new("no connection to #{@configuration.url}: #{e.message}", sent: false)
    end

    def close(connection)
      connection&.finish if connection&.started?
    rescue SystemCallError, IOError, OpenSSL::SSL::SSLError
      nil # it was broken before
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end

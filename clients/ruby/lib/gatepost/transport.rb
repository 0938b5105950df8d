# frozen_string_literal: true

require "json"
require "openssl"

module Gatepost
  # Calls over HTTP. Any thread, and any process that was forked.
  class Transport
    # A timeout of somebody else's around the call is not among them.
    BROKEN = [SystemCallError, IOError, Net::ReadTimeout, Net::WriteTimeout, OpenSSL::SSL::SSLError, Net::HTTPBadResponse,
              Net::ProtocolError, *Connections::UNREACHED].freeze
    # The last two are those of a proxy in front of a Gatepost that starts.
    LATER = %w[429 503 502 504].freeze
    INVALID = { "404" => NotFound, "409" => Conflict }.freeze
    # A limit of the inbox, and none of whoever calls.
    FULL = /\binbox\.(messages|bytes)\b/

    def initialize(configuration)
      @configuration = configuration
      @connections = Connections.new(configuration)
    end

    # One attempt. The path is below api/v1; gives what the answer's JSON says, or nil.
    def call(method, path, query: nil, body: nil)
      address = "#{@configuration.path}/api/v1/#{path}"
      address += "?#{URI.encode_www_form(query)}" unless query.nil? || query.empty?
      answer = exchange(request(method, address, body))
      return parsed(answer) if answer.is_a?(Net::HTTPSuccess)

      raise failure(answer)
    end

    def close
      @connections.close_all
    end

    # What the status of a call, or of one of a message's users, says.
    def self.error(status, detail, field: nil, retry_after: nil, receipt: nil)
      about = { status: status.to_i, field:, receipt: }
      case status.to_s
      when "401", "403" then Denied.new(detail, **about)
      when "429", "502", "503", "504", "500" then later(status.to_s, detail, retry_after, about)
      else INVALID.fetch(status.to_s, Invalid).new(detail, **about)
      end
    end

    def self.later(status, detail, retry_after, about)
      return Full.new(detail, **about) if status == "429" && FULL.match?(detail)

      Unavailable.new(detail, retry_after:, again: LATER.include?(status), **about)
    end
    private_class_method :later

    private

    def request(method, address, body)
      request = Net::HTTP.const_get(method.to_s.capitalize).new(address)
      request["Authorization"] = @configuration.authorization
      request["Accept"] = "application/json"
      request["User-Agent"] = "gatepost-ruby/#{VERSION}"
      if body
        request["Content-Type"] = "application/json"
        request.body = JSON.generate(body)
      end
      request
    end

    def exchange(request)
      @connections.with { |connection| connection.request(request) }
    rescue *BROKEN => e
      raise Unavailable, "no answer from #{@configuration.url}: #{e.message} (#{e.class})"
    end

    def parsed(answer)
      JSON.parse(answer.body) unless answer.body.nil? || answer.body.empty?
    rescue JSON::ParserError
      raise Unavailable.new("the answer is no JSON: it is not Gatepost's", status: answer.code.to_i, again: false)
    end

    def failure(answer)
      problem = problem(answer)
      seconds = Integer(answer["Retry-After"].to_s, 10, exception: false)
      self.class.error(answer.code, problem["detail"] || "#{answer.code} #{answer.message}".strip,
                       field: problem["field"], retry_after: seconds)
    end

    # A proxy answers with a page.
    def problem(answer)
      problem = JSON.parse(answer.body.to_s)
      problem.is_a?(Hash) ? problem : {}
    rescue JSON::ParserError
      {}
    end
  end
end

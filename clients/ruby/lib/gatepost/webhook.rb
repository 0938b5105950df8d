# frozen_string_literal: true

require "json"
require "openssl"
require "time"

module Gatepost
  # What Gatepost tells by a webhook. id stays the same when it is told again; data is the whole object.
  Event = Struct.new(:id, :type, :timestamp, :data, keyword_init: true) do
    # Whom it is about; nil for what is about nobody.
    def user
      data["user"]
    end
  end

  # Verifies the signatures of Standard Webhooks.
  class Webhook
    PREFIX = "whsec_"
    VERSION = "v1"
    # Seconds by which the clocks may differ, and that a request may take; what is older may be a copy.
    TOLERANCE = 300
    HEADERS = %w[webhook-id webhook-timestamp webhook-signature].freeze

    def initialize(secrets, clock: Time)
      raise Misconfigured, "webhook_secrets: expected whsec_... of etc/gatepost.webhook-NAME.cfg" if secrets.empty?

      @keys = secrets.map { |secret| secret.delete_prefix(PREFIX).unpack1("m0") }
      @clock = clock
    rescue ArgumentError
      raise Misconfigured, "webhook_secrets: expected whsec_ and Base64"
    end

    # request: of Rack or Rails, an environment of Rack, or anything with a body and [] for its headers
    def event(request)
      body, headers = read(request)
      verify(body, *HEADERS.map { |name| headers.call(name).to_s })
    end

    # body: as it came, byte by byte
    def verify(body, id, timestamp, signatures)
      raise Untrusted, "webhook-id, webhook-timestamp, webhook-signature: one is missing" if [id, timestamp,
                                                                                              signatures].any?(&:empty?)

      check_time(timestamp)
      check(body.b, id, timestamp, signatures)
      parsed(body, id)
    end

    private

    def check_time(timestamp)
      raise Untrusted, "webhook-timestamp: expected seconds since 1970" unless /\A\d{1,12}\z/.match?(timestamp)

      apart = @clock.now.to_i - timestamp.to_i
      raise Untrusted, "webhook-timestamp: it is #{apart.abs} s from now" if apart.abs > TOLERANCE
    end

    # No comparison ends earlier than another.
    def check(body, id, timestamp, signatures)
      given = signatures.split.filter_map { |text| text.delete_prefix("#{VERSION},") if text.start_with?("#{VERSION},") }
      expected = @keys.map { |key| [OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body)].pack("m0") }
      matching = given.product(expected).count { |one, other| OpenSSL.secure_compare(one, other) }
      raise Untrusted, "webhook-signature: none is of a known secret" if matching.zero?
    end

    def parsed(body, id)
      json = JSON.parse(body)
      type, timestamp, data = %w[type timestamp data].map { |member| json.fetch(member) }
      Event.new(id:, type:, timestamp: Time.iso8601(timestamp), data:).freeze
    rescue JSON::ParserError, KeyError, ArgumentError, TypeError, NoMethodError
      raise Untrusted, "the body is no event"
    end

    def read(request)
      return [rack(request), headers(request)] if request.is_a?(Hash)
      # Rails keeps what it has read, for servers whose input is read once
      return [request.respond_to?(:raw_post) ? request.raw_post : rack(request.env), headers(request.env)] if request.respond_to?(:env)

      [request.body, request.method(:[])]
    end

    def headers(env)
      ->(name) { env["HTTP_#{name.upcase.tr("-", "_")}"] }
    end

    def rack(env)
      input = env["rack.input"] or return ""
      input.rewind if input.respond_to?(:rewind)
      input.read
    ensure
      input.rewind if input.respond_to?(:rewind)
    end
  end
end

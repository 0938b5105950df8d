# frozen_string_literal: true

require "securerandom"

module Gatepost
  # What goes out, as POST messages has it.
  class Message
    OPTIONS = %i[id once collapse ttl if_full history persistent headers content_type inbox].freeze
    IF_FULL = %w[skip refuse].freeze

    attr_reader :id

    def initialize(body, **options)
      unknown = options.keys - OPTIONS
      raise ArgumentError, "unknown: #{unknown.join(", ")}; expected some of #{OPTIONS.join(", ")}" unless unknown.empty?

      @options = options.compact
      # what is kept in memory only has none, and may come twice
      @id = @options[:id]&.to_s || (SecureRandom.uuid unless @options[:persistent] == false)
      @body = content(body)
    end

    def harmless?
      !id.nil?
    end

    # to: {users: [...]}, {audience: ...}, {everyone: true} or {online: true}
    def json(target)
      target = target.merge(inbox: @options[:inbox]) if @options[:inbox]
      { to: target, id:, **@body, **asked }.compact
    end

    private

    def asked
      {
        contentType: @options[:content_type] || (@body.key?(:base64) ? "application/octet-stream" : default_type),
        once: @options[:once]&.to_s, collapse: @options[:collapse]&.to_s,
        ttl: @options[:ttl]&.to_i, ifFull: if_full,
        history: @options[:history], persistent: @options[:persistent], headers: @options[:headers]
      }
    end

    def default_type
      @body[:body].is_a?(String) ? "text/plain" : "application/json"
    end

    def if_full
      choice = @options[:if_full]&.to_s
      return choice if choice.nil? || IF_FULL.include?(choice)

      raise Invalid.new("if_full: expected :skip or :refuse", field: "ifFull")
    end

    def content(body)
      case body
      when Hash, Array then { body: body.respond_to?(:as_json) ? body.as_json : body }
      when String then text(body)
      else raise Invalid.new("body: expected a String, a Hash or an Array, not #{body.class}", field: "body")
      end
    end

    def text(body)
      return { base64: [body].pack("m0") } if body.encoding == Encoding::BINARY && !body.ascii_only?

      { body: String.new(body).encode(Encoding::UTF_8) }
    rescue EncodingError => e
      raise Invalid.new("body: #{e.message}", field: "body")
    end
  end
end

# frozen_string_literal: true

module Gatepost
  # Publishes one message at a time, and the same again until Gatepost has said that it is safe.
  class Publisher
    # Inboxes of one call.
    MOST = 1_000

    def initialize(client)
      @client = client
    end

    def to_users(users, message)
      raise Invalid.new("user: expected at least one", field: "to.users") if users.empty?

      results = users.each_slice(MOST).flat_map do |some|
        @client.attempts.run(harmless: message.harmless?) { some_users(some, message) }
      end
      receipt = Receipt.new(id: message.id, results:)
      refused = results.find(&:status)
      raise Transport.error(refused.status, refused.detail, field: refused.field, receipt:) if refused

      receipt
    end

    def to_many(target, message)
      answer = @client.call(:post, path: "messages", body: message.json(target), harmless: message.harmless?)
      Receipt.new(id: message.id, count: answer["count"], skipped: answer["skipped"])
    end

    private

    def some_users(users, message)
      answer = @client.transport.call(:post, "messages", body: message.json({ users: }))
      results = answer.fetch("results").map { |json| Result.of(json) }
      later = results.map { |result| Transport.error(result.status, result.detail) if result.status }
                     .find { |error| error.is_a?(Unavailable) && error.again? }
      # who has it already is answered as before
      raise_later(later, message, results) if later && message.harmless?
      results
    end

    def raise_later(error, message, results)
      receipt = Receipt.new(id: message.id, results:)
      raise Unavailable.new(error.message, status: error.status, receipt:)
    end
  end
end

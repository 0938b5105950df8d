# frozen_string_literal: true

module Gatepost
  # What has become of a message at one user's. refused is "full" where it was left out by if_full: :skip; status and detail say why
  # it was not taken, and are nil where it was.
  Result = Struct.new(:user, :epoch, :offset, :refused, :status, :detail, :field, keyword_init: true) do
    def self.of(json)
      new(**json.slice(*members.map(&:to_s)).transform_keys(&:to_sym)).freeze
    end

    def full?
      refused == "full"
    end

    def taken?
      status.nil? && !full?
    end
  end

  # What Gatepost says to a message that is safe.
  class Receipt
    # The id that the message has; nil for what is kept in memory only.
    attr_reader :id
    # Of a message to users: a Result of each.
    attr_reader :results
    # Of a message to many: the inboxes that it came into, and those that were full.
    attr_reader :count, :skipped

    def initialize(id:, results: [], count: nil, skipped: nil)
      @id = id
      @results = results
      @count = count
      @skipped = skipped
      freeze
    end

    # Of a message to one user: its place in the inbox.
    def offset
      results.first&.offset
    end

    def epoch
      results.first&.epoch
    end

    # Whether it was left out somewhere since an inbox was full.
    def full?
      results.any?(&:full?) || skipped.to_i.positive?
    end
  end
end

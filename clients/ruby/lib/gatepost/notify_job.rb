# frozen_string_literal: true

module Gatepost
  # What Gatepost.notify_later runs, as often as it takes. The message has its id since then, and so comes once.
  class NotifyJob < ::ActiveJob::Base
    retry_on Unavailable, wait: ->(executions) { [2**executions, 300].min }, attempts: 20
    retry_on Full, wait: 300, attempts: 12

    def perform(users, body, options)
      Gatepost.notify(users, body, **options)
    end
  end
end

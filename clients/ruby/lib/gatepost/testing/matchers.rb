# frozen_string_literal: true

module Gatepost
  module Testing
    # For RSpec, which is not needed for it: expect("42").to have_been_notified.with("Hello"). Call Gatepost::Testing.enable! before each.
    module Matchers
      def have_been_notified # rubocop:disable Naming/PredicateName -- so a matcher is called
        Notified.new
      end

      class Notified
        def with(body)
          @bodies = [body]
          self
        end

        def matches?(user)
          @user = user
          Testing.notifications_for(user).any? { |one| @bodies.nil? || Testing.matches?(@bodies.first, one.body) }
        end

        def description
          "have been notified#{" of #{@bodies.first.inspect}" if @bodies}"
        end

        def failure_message
          "expected #{@user} to #{description}; for #{@user} were #{Testing.notifications_for(@user).map(&:body).inspect}"
        end

        def failure_message_when_negated
          "expected #{@user} not to #{description}"
        end
      end
    end
  end
end

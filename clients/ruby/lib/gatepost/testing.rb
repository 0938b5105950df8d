# frozen_string_literal: true

require_relative "testing/recorder"

module Gatepost
  # For the tests of an application: what it would send is kept, and nothing is sent.
  #
  #   Gatepost::Testing.enable!            # once, or include Gatepost::Testing::Assertions into the test case
  #   Gatepost::Testing.notifications      # what was sent since clear
  #   Gatepost::Testing.online("42")       # whom presence finds on line
  #   Gatepost::Testing.fail_with(Gatepost::Full.new("full")) { ... }
  module Testing
    autoload :Assertions, "gatepost/testing/assertions"
    autoload :Matchers, "gatepost/testing/matchers"

    class << self
      extend Forwardable

      def_delegators :recorder, :notifications, :online, :offline, :signed_out, :erased, :fail_with

      # From now on, with nothing recorded.
      def enable!
        @recorder = Recorder.new
        Gatepost.transport = @recorder
        nil
      end

      def disable!
        @recorder = nil
        Gatepost.transport = nil
      end

      alias clear enable!

      # What of the recorded was for this user: named, or in an audience that it is a member of, or to everyone, or on line.
      def notifications_for(user)
        name = Gatepost.client.name(user)
        notifications.select { |notification| notification.users.include?(name) }
      end

      # Whether a body is what was expected: a text, a pattern, or a Hash that has arrived as JSON.
      def matches?(expected, body)
        expected = JSON.parse(JSON.generate(expected)) if expected.is_a?(Hash) || expected.is_a?(Array)
        expected === body # rubocop:disable Style/CaseEquality -- a pattern, a text or a matcher
      end

      private

      def recorder
        @recorder || raise(Misconfigured, "expected Gatepost::Testing.enable! before")
      end
    end
  end
end

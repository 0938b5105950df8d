# frozen_string_literal: true

module Gatepost
  module Testing
    # For Minitest, and what is made like it: nothing is recorded at the beginning of each test.
    module Assertions
      ANYTHING = Object.new
      private_constant :ANYTHING

      def before_setup
        Testing.enable!
        super
      end

      def after_teardown
        super
        Testing.disable!
      end

      # body: a text, a pattern or a Hash. With a block only what is sent there counts. Gives what was found.
      def assert_notified(user, body = ANYTHING, &)
        found = notified(user, body, &)
        assert(!found.empty?, -> { "#{user} was not notified#{" of #{body.inspect}" unless body.equal?(ANYTHING)}: #{told}" })
        found.first
      end

      def refute_notified(user, body = ANYTHING, &)
        found = notified(user, body, &)
        assert(found.empty?, -> { "#{user} was notified: #{found.map(&:body).inspect}" })
      end

      # That the audience got it, whoever is in it. name: its name, :everyone or :online.
      def assert_audience_notified(name, body = ANYTHING)
        found = Testing.notifications.select { |one| of?(one, name) && fits?(body, one) }
        assert(!found.empty?, -> { "#{name} was not notified: #{told}" })
        found.first
      end

      private

      def notified(user, body)
        before = Testing.notifications.size
        start = block_given? ? before : 0
        yield if block_given?
        Testing.notifications_for(user).select { |one| Testing.notifications.index(one) >= start && fits?(body, one) }
      end

      def fits?(body, notification)
        body.equal?(ANYTHING) || Testing.matches?(body, notification.body)
      end

      def of?(notification, name)
        name.is_a?(Symbol) ? notification.to[name.to_s] : notification.to["audience"] == name
      end

      def told
        all = Testing.notifications.map { |one| "#{one.to} #{one.body.inspect}" }
        all.empty? ? "nobody was" : "sent was #{all.join(", ")}"
      end
    end
  end
end

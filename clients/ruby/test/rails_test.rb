# frozen_string_literal: true

require_relative "test_helper"
require "logger"
begin
  require "active_job"
rescue LoadError
  warn "Active Job is not there: what needs it is not tried"
end

if defined?(ActiveJob)
  ActiveJob::Base.logger = Logger.new(nil)

  # Gatepost.notify_later, with Active Job alone.
  class LaterTest < Minitest::Test
    include Gatepost::Testing::Assertions

    def setup
      ActiveJob::Base.queue_adapter = :test
    end

    def test_a_job_notifies
      perform { Gatepost.notify_later([1, :b], { title: "Hi" }, ttl: 60, once: "welcome", if_full: :skip) }
      assert_notified 1, { title: "Hi" }
      assert_notified "b"
      assert_equal({ "ttl" => 60, "once" => "welcome", "ifFull" => "skip" }, Gatepost::Testing.notifications.first.options)
    end

    def test_a_job_that_is_tried_again_sends_the_same_message
      Gatepost.notify_later(1, "x")
      job = jobs.first
      2.times { ActiveJob::Base.execute(job) }
      assert_equal 1, Gatepost::Testing.notifications.size
    end

    def test_while_gatepost_is_away_or_full_the_job_waits_and_otherwise_it_fails
      [Gatepost::Unavailable, Gatepost::Full].each do |failure|
        Gatepost.notify_later(1, "x")
        Gatepost::Testing.fail_with(failure.new("later")) { ActiveJob::Base.execute(jobs.pop) }
        assert_operator jobs.pop[:at], :>, Time.now.to_f
      end
      Gatepost.notify_later(1, "x")
      assert_raises(Gatepost::Denied) do
        Gatepost::Testing.fail_with(Gatepost::Denied.new("no")) { ActiveJob::Base.execute(jobs.pop) }
      end
      assert_empty jobs
    end

    def test_what_is_wrong_is_said_where_it_was_written
      assert_raises(Gatepost::Invalid) { Gatepost.notify_later(1, nil) }
      assert_raises(ArgumentError) { Gatepost.notify_later(1, "x", typo: 1) }
      assert_empty jobs
    end

    def test_the_queue_is_said_to_the_job
      Gatepost.notify_later(1, "x", job: { queue: "slow" })
      assert_equal "slow", jobs.first["queue_name"]
    end

    private

    def jobs
      ActiveJob::Base.queue_adapter.enqueued_jobs
    end

    def perform
      yield
      ActiveJob::Base.execute(jobs.pop)
    end
  end
end

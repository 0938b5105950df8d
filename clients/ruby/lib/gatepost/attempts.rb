# frozen_string_literal: true

module Gatepost
  # Does something again while it is Unavailable, for retry_for seconds. It waits for as long as Gatepost says, or else longer each
  # time, and never as long as others that began at the same moment.
  class Attempts
    FIRST = 0.1
    LONGEST = 5.0

    def initialize(configuration, sleep: Kernel.method(:sleep), random: Random)
      @configuration = configuration
      @sleep = sleep
      @random = random
    end

    # harmless: whether it may be done twice
    def run(harmless: true)
      deadline = now + @configuration.retry_for
      failed = 0
      begin
        yield
      rescue Unavailable => e
        failed += 1
        pause = e.retry_after || pause_after(failed)
        raise if !e.again? || (e.sent? && !harmless) || now + pause > deadline

        @configuration.logger&.warn("Gatepost, attempt #{failed}: #{e.message}")
        @sleep.call(pause)
        retry
      end
    end

    private

    def pause_after(failed)
      [FIRST * (2**(failed - 1)), LONGEST].min * (0.5 + (@random.rand / 2))
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end

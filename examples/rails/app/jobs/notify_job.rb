# Gatepost may be away for a moment: the job waits and tries again, and its own id tells a receiver that a message came twice.
class NotifyJob < ActiveJob::Base
  retry_on Gatepost::Unconfirmed, wait: 2.seconds, attempts: 10

  def perform(user_id, text)
    Gatepost.publish(user_id.to_s, text, id: job_id)
  end
end

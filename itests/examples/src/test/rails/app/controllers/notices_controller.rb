# Publishes a notice, at once or by a job.
class NoticesController < ActionController::Base
  def create
    if params[:later]
      NotifyJob.perform_later(Integer(params[:to]), params[:text])
    else
      Gatepost.publish(params[:to], params[:text])
    end
    head :accepted
  rescue Gatepost::Unconfirmed => e
    render plain: e.message, status: :service_unavailable
  rescue ArgumentError => e
    render plain: e.message, status: :bad_request
  end
end

class HooksController < ActionController::API
  def create
    event = Gatepost.webhook(request)
    Mailer.missed(event.user).deliver_later if event.type == "message.undelivered"
    head :no_content
  end
end

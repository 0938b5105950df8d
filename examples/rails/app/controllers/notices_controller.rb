# What happens in the application is told to whom it concerns, in all of their tabs. ApplicationController knows current_user and sign_out.
class NoticesController < ApplicationController
  skip_forgery_protection only: :hook

  def create
    Gatepost.notify(params[:to], params[:text])
    Gatepost.turbo(params[:to], partial: "notices/notice", locals: { text: params[:text] }, history: false)
  end

  def comment = Gatepost.audience("project-7").notify(params[:text])
  def announce = Gatepost.everyone.notify(params[:text])
  def join = Gatepost.audience("project-7").add(current_user)
  def sign_out_everywhere = Gatepost.sign_out(sign_out)

  # where Gatepost's webhook leads to
  def hook
    event = Gatepost.webhook(request)
    Mailer.missed(event.user).deliver_later if event.type == "message.undelivered"
  end
end

# Orders are shipped: their users are told at once, by a job, or by a Turbo Stream. The answer says which process did it.
class OrdersController < ApplicationController
  skip_forgery_protection

  def create
    order = Order.new(user: params[:to])
    case params[:how]
    when "later" then Gatepost.notify_later(order.user, "later")
    when "turbo" then Gatepost.turbo(order.user, partial: "orders/order", locals: { order: order }, target: "orders")
    else order.ship
    end
    render plain: Process.pid.to_s
  end
end

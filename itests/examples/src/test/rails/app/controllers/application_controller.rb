# Whoever a cookie or a parameter names; a real application would ask for a password.
class ApplicationController < ActionController::Base
  User = Struct.new(:id)

  def current_user
    cookies[:user] = params[:user] if params[:user]
    User.new(Integer(cookies[:user]))
  end
  before_action :current_user
end

# Whoever a parameter names signs in; a real application would ask for a password.
class ApplicationController < ActionController::Base
  User = Struct.new(:id)
  SIGNED_IN = {}

  before_action do
    SIGNED_IN[cookies[:session] = SecureRandom.uuid] = User.new(Integer(params[:user])) if params[:user]
  end

  def current_user
    SIGNED_IN[cookies[:session]]
  end

  private

  # On all devices; gives who it was.
  def sign_out
    current_user.tap { |user| SIGNED_IN.delete_if { |_, other| other == user } }
  end
end

# The page with the user's inbox, and what its script asks for before each connection. ApplicationController knows current_user.
class InboxesController < ApplicationController
  def show; end

  def token
    response.headers["Cache-Control"] = "no-store"
    render json: helpers.gatepost_session(current_user)
  end
end

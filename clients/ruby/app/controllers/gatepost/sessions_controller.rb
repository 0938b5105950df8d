# frozen_string_literal: true

module Gatepost
  # What a page asks for before it connects: where to, and as whom. Never from a cache.
  class SessionsController < Gatepost.configuration.parent_controller.constantize
    def show
      user = Gatepost.configuration.current_user.call(self)
      response.headers["Cache-Control"] = "no-store"
      user ? render(json: Gatepost.session(user)) : head(:unauthorized)
    end
  end
end

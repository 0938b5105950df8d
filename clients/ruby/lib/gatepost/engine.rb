# frozen_string_literal: true

module Gatepost
  # Brings the controller of sessions into an application, whose route names it. What no Gatepost has signed is answered with 401.
  class Engine < ::Rails::Engine
    config.action_dispatch.rescue_responses["Gatepost::Untrusted"] = :unauthorized

    initializer("gatepost.logger") { Gatepost.configuration.logger ||= ::Rails.logger }
  end
end

# frozen_string_literal: true

module Gatepost
  # Brings the controller of sessions into an application, whose route names it.
  class Engine < ::Rails::Engine
    initializer("gatepost.logger") { Gatepost.configuration.logger ||= ::Rails.logger }
  end
end

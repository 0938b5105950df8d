# frozen_string_literal: true

require "rails/generators"

module Gatepost
  module Generators
    # rails generate gatepost:install
    class InstallGenerator < ::Rails::Generators::Base
      PIN = 'pin "gatepost", to: ENV.fetch("GATEPOST_CLIENT_URL", "http://localhost:61614/gatepost/client.js")'

      source_root File.expand_path("templates", __dir__)
      desc "Writes the initializer, the route of the session, and the pin of the page's client where there is an importmap."

      def initializer
        template "gatepost.rb", "config/initializers/gatepost.rb"
      end

      def session_route
        route 'get "/notifications/session", to: "gatepost/sessions#show"'
      end

      def importmap_pin
        importmap = "config/importmap.rb"
        if File.exist?(File.expand_path(importmap, destination_root))
          append_to_file importmap, "#{PIN}\n"
        else
          say "There is no #{importmap}: a page loads /gatepost/client.js of Gatepost itself.", :yellow
        end
      end
    end
  end
end

# frozen_string_literal: true

require_relative "lib/gatepost/version"

Gem::Specification.new do |spec|
  spec.name = "gatepost"
  spec.version = Gatepost::VERSION
  spec.summary = "Notifications for the users of a web application, by Gatepost"
  spec.description = "Publishes to the inboxes of users, asks who is on line, signs users out and verifies webhooks, over HTTP. " \
                     "Needs nothing but Ruby; fits into Rails where there is one."
  spec.authors = ["Gatepost"]
  spec.license = "Apache-2.0"
  spec.required_ruby_version = ">= 3.1"
  spec.files = Dir.chdir(__dir__) { Dir["{app,lib}/**/*", "LICENSE", "README.md"].select { |file| File.file?(file) } }
  spec.require_paths = ["lib"]
  spec.metadata = { "rubygems_mfa_required" => "true" }
end

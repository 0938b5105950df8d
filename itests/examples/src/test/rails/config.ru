# A Rails application around the files of examples/rails: what every application has and the example does not.
require "logger"
require "rails"
require "action_controller/railtie"
require "action_view/railtie"
require "active_job/railtie"
require "stomp"
require "jwt"

class Application < Rails::Application
  config.root = __dir__
  # each file of the example is loaded at the start
  config.eager_load = true
  config.cache_classes = true
  config.secret_key_base = "of this test only" * 4
  config.public_file_server.enabled = true
  config.active_job.queue_adapter = :async
  config.logger = Logger.new($stderr)
  config.content_security_policy do |policy|
    policy.default_src :self
    policy.script_src :self
    policy.connect_src :self, "ws://localhost:*"
    policy.worker_src "blob:"
  end
  config.content_security_policy_nonce_generator = ->(_request) { SecureRandom.base64(16) }
  config.content_security_policy_nonce_directives = %w[script-src]
end

Rails.application.initialize!
Rails.application.routes.append { post "/notices", to: "notices#create" }
Rails.application.reload_routes!
run Rails.application

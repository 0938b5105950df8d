Rails.application.config.content_security_policy do |policy|
  policy.default_src :self
  policy.script_src :self, "http://localhost:*"
  # the bar that Turbo shows while a page is loaded
  policy.style_src :self, :unsafe_inline
  policy.connect_src :self, "ws://localhost:*", "http://localhost:*"
end
Rails.application.config.content_security_policy_nonce_generator = ->(_request) { SecureRandom.base64(16) }
Rails.application.config.content_security_policy_nonce_directives = %w[script-src]

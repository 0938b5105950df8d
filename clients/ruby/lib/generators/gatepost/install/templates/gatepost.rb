# frozen_string_literal: true

# Where Gatepost is, and who calls: GATEPOST_URL=http://USER:PASSWORD@HOST:PORT says both. In development it is the Gatepost of
# this machine, with an account that ships and works from there only.
Gatepost.configure do |config|
  config.url = ENV.fetch("GATEPOST_URL", "http://system:manager@localhost:61614")

  # What pages connect to; without it, what the url says.
  # config.page_url = "wss://www.example.org/stomp"

  # What the tokens of users are signed with; Gatepost has the public half (token.keys in etc/gatepost.authentication.cfg).
  # openssl genpkey -algorithm ed25519 -out app.pem makes one. Or a secret, for HS256.
  # config.signing_key = Rails.root.join("config/keys/app.pem")
  # config.signing_secret = Rails.application.credentials.gatepost_secret

  # Who is signed in, for /notifications/session.
  config.current_user = ->(controller) { controller.send(:current_user) }

  # What webhooks are signed with.
  # config.webhook_secrets = ENV["GATEPOST_WEBHOOK_SECRET"]
end

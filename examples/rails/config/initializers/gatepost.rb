# Where Gatepost is, the application's account there, and the secret that it signs its users' tokens with.
Rails.application.config.x.gatepost.tap do |gatepost|
  gatepost.host = ENV.fetch("GATEPOST_HOST", "localhost")
  gatepost.port = Integer(ENV.fetch("GATEPOST_PORT", "61612"))
  gatepost.login = ENV.fetch("GATEPOST_LOGIN")
  gatepost.passcode = ENV.fetch("GATEPOST_PASSCODE")

  # what browsers connect to
  gatepost.url = ENV.fetch("GATEPOST_URL", "ws://localhost:61614/stomp")

  # the content of etc/keys/app.secret
  gatepost.token_secret = ENV.fetch("GATEPOST_TOKEN_SECRET")
end

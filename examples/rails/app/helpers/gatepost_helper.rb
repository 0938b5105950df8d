module GatepostHelper
  TOKEN_LASTS = 15.minutes

  # What a browser needs to open its user's inbox. The token signs in to Gatepost as this user, and is good for nothing else.
  def gatepost_session(user)
    config = Rails.configuration.x.gatepost
    { url: config.url, user: user.id.to_s, token: gatepost_token(user, config.token_secret) }
  end

  private

  def gatepost_token(user, secret)
    JWT.encode({ sub: user.id.to_s, groups: ["users"], exp: TOKEN_LASTS.from_now.to_i }, secret, "HS256")
  end
end

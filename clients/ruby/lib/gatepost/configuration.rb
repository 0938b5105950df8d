# frozen_string_literal: true

require "uri"

module Gatepost
  # Where Gatepost is, who calls, and how the tokens of users are signed. Each setting begins with its variable of the environment.
  class Configuration
    URL = "http://localhost:61614"

    # The account, or a token instead: a text, or a Proc that gives one for each call.
    attr_accessor :user, :password, :token

    # What begins every path of Gatepost's HTTP (http.path of its connector).
    attr_accessor :path

    # What the tokens of users are signed with: a private key (OpenSSL, PEM, or the name of a file with one; Ed25519, P-256 or RSA),
    # or a secret for HS256. The id (kid) is the name of Gatepost's key file without its ending, and need not be said.
    attr_accessor :signing_key, :signing_secret, :signing_key_id

    # What stands in these tokens: groups, seconds until their end, iss and aud (nil: none).
    attr_accessor :groups, :token_expires_in, :issuer, :audience

    # What webhooks are signed with, whsec_...; several while one is rotated.
    attr_writer :webhook_secrets

    # What pages connect to, ws://... or wss://...; nil: /stomp at the url.
    attr_writer :page_url

    # Seconds until a connection, an answer, and the end of all attempts of a call.
    attr_accessor :open_timeout, :read_timeout, :retry_for

    # A file with certificates that https trusts; nil: those of the system.
    attr_accessor :ca_file

    # From something that stands for a user to the user's name; called for what is neither a String, a Symbol nor an Integer.
    attr_accessor :user_name

    # Rails: the name of the controller that the one of sessions is derived from, and who is signed in, as a Proc of a controller.
    attr_accessor :parent_controller, :current_user

    # Renders partials for Turbo; nil: the application's ApplicationController.
    attr_accessor :renderer

    # Where attempts that failed are told; nil: nowhere.
    attr_accessor :logger

    attr_reader :url

    def initialize(environment = ENV)
      calls(environment)
      tokens(environment)
      @webhook_secrets = environment["GATEPOST_WEBHOOK_SECRET"]
      @user_name = ->(user) { user.id }
      @parent_controller = "ApplicationController"
      @current_user = ->(controller) { controller.send(:current_user) }
    end

    # A name and a password in it are taken out.
    def url=(text)
      uri = URI.parse(text.to_s)
      unless uri.is_a?(URI::HTTP) && uri.host && ["", "/"].include?(uri.path) && !uri.query
        raise Misconfigured, "url: expected http://HOST:PORT or https://HOST:PORT"
      end

      @user = URI.decode_www_form_component(uri.user.gsub("+", "%2B")) if uri.user
      @password = URI.decode_www_form_component(uri.password.gsub("+", "%2B")) if uri.password
      @url = "#{uri.scheme}://#{uri.host}:#{uri.port}"
    rescue URI::InvalidURIError
      raise Misconfigured, "url: expected http://HOST:PORT or https://HOST:PORT" # not the text, which may hold a password
    end

    def uri
      URI.parse(url)
    end

    def page_url
      @page_url || "#{url.sub(/\Ahttp/, "ws")}/stomp"
    end

    def webhook_secrets
      Array(@webhook_secrets).flat_map(&:split)
    end

    # The value of Authorization; nil where nobody is named.
    def authorization
      return "Bearer #{token.respond_to?(:call) ? token.call : token}" if token
      return "Basic #{["#{user}:#{password}"].pack("m0")}" if user

      raise Misconfigured, "nobody to call as: expected user and password, or token (GATEPOST_URL=http://USER:PASSWORD@HOST:PORT)"
    end

    # Passwords and keys are not for logs.
    def inspect
      "#<#{self.class} #{url}>"
    end

    private

    def calls(environment)
      self.url = environment.fetch("GATEPOST_URL", URL)
      @token = environment["GATEPOST_TOKEN"]
      @page_url = environment["GATEPOST_PAGE_URL"]
      @path = "/gatepost"
      @open_timeout = 5
      @read_timeout = 10
      @retry_for = 15
    end

    def tokens(environment)
      @signing_key = environment["GATEPOST_SIGNING_KEY"]
      @signing_secret = environment["GATEPOST_SIGNING_SECRET"]
      @signing_key_id = environment["GATEPOST_SIGNING_KEY_ID"]
      @groups = ["users"]
      @token_expires_in = 900
    end
  end
end

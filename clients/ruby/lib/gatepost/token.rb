# frozen_string_literal: true

require "json"
require "openssl"
require "securerandom"

module Gatepost
  # Tokens of users (JWT, RFC 7519), signed with the application's key. Nothing but OpenSSL.
  class Token
    # Bytes of each half of a signature with P-256.
    HALF = 32
    SHORTEST_SECRET = 32

    def initialize(configuration)
      @configuration = configuration
    end

    # expires_in: seconds
    def sign(user, expires_in: @configuration.token_expires_in, groups: @configuration.groups)
      algorithm, signer = signing
      header = { alg: algorithm, typ: "JWT", kid: @configuration.signing_key_id }.compact
      input = "#{encode(JSON.generate(header))}.#{encode(JSON.generate(claims(user, expires_in, groups)))}"
      "#{input}.#{encode(signer.call(input))}"
    end

    private

    # To the millisecond: a token of the second in which the user was signed out is older than that, or newer.
    def claims(user, expires_in, groups)
      now = Time.now
      {
        sub: user, groups:, iat: now.to_f.floor(3), exp: (now + expires_in.to_i).to_i, jti: SecureRandom.uuid,
        iss: @configuration.issuer, aud: @configuration.audience
      }.compact
    end

    def signing
      return of_key(key) if @configuration.signing_key
      raise Misconfigured, "nothing to sign with: expected signing_key or signing_secret" unless @configuration.signing_secret

      secret = @configuration.signing_secret.chomp
      if secret.bytesize < SHORTEST_SECRET
        raise Misconfigured, "signing_secret: expected at least #{SHORTEST_SECRET} bytes, not #{secret.bytesize}"
      end

      ["HS256", ->(input) { OpenSSL::HMAC.digest("SHA256", secret, input) }]
    end

    def of_key(key)
      raise Misconfigured, "signing_key: expected a private key" unless private?(key)

      case key
      when OpenSSL::PKey::RSA then ["RS256", ->(input) { key.sign("SHA256", input) }]
      when OpenSSL::PKey::EC then ["ES256", ->(input) { halves(key.sign("SHA256", input)) }]
      else ["EdDSA", ->(input) { key.sign(nil, input) }]
      end
    end

    def private?(key)
      case key
      when OpenSSL::PKey::RSA then key.private?
      when OpenSSL::PKey::EC then key.private? && key.group.curve_name == "prime256v1"
      else key.oid == "ED25519" && key.private_to_pem
      end
    rescue OpenSSL::PKey::PKeyError
      false
    end

    # A signature as two numbers of a fixed length (RFC 7518, section 3.4), which OpenSSL gives as ASN.1.
    def halves(signature)
      OpenSSL::ASN1.decode(signature).value.map { |number| number.value.to_s(2).rjust(HALF, "\0") }.join
    end

    def key
      given = @configuration.signing_key
      return given if given.is_a?(OpenSSL::PKey::PKey)

      text = given.to_s
      OpenSSL::PKey.read(text.include?("-----BEGIN") ? text : File.read(text))
    rescue SystemCallError
      raise Misconfigured, "signing_key: expected a key in PEM form, or a file that can be read"
    rescue OpenSSL::PKey::PKeyError
      raise Misconfigured, "signing_key: it is no private key in PEM form"
    end

    def encode(bytes)
      [bytes].pack("m0").tr("+/", "-_").delete("=")
    end
  end
end

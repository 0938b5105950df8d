# frozen_string_literal: true

require_relative "test_helper"
require "pathname"
require "tempfile"

class TokenTest < GatepostTest
  SECRET = "0123456789abcdef0123456789abcdef"

  def test_what_a_page_needs_to_connect
    session = Gatepost::Client.new(configuration(signing_secret: SECRET, page_url: "wss://www.example/stomp")).session(42)
    assert_equal %i[url user token], session.keys
    assert_equal ["wss://www.example/stomp", "42"], session.values_at(:url, :user)
    assert_equal "42", claims(session[:token])["sub"]
  end

  def test_a_token_says_who_until_when_and_since_when
    now = Time.now
    token = client_with(signing_secret: "#{SECRET}\n").token("a", expires_in: 60)
    claims = claims(token)
    assert_equal ["a", ["users"]], claims.values_at("sub", "groups")
    assert_in_delta now.to_f + 60, claims["exp"], 2
    assert_in_delta now.to_f, claims["iat"], 2
    assert_match(/\A\h{8}-/, claims["jti"])
    assert_equal %w[exp groups iat jti sub], claims.keys.sort
    assert_equal({ "alg" => "HS256", "typ" => "JWT" }, header(token))
    assert OpenSSL.secure_compare(OpenSSL::HMAC.digest("SHA256", SECRET, signed(token)), signature(token))
  end

  def test_no_two_tokens_have_the_same_name
    client = client_with(signing_secret: SECRET)
    refute_equal claims(client.token("a"))["jti"], claims(client.token("a"))["jti"]
  end

  def test_what_else_stands_in_it_is_configured
    token = client_with(signing_secret: SECRET, signing_key_id: "app-2026", issuer: "me", audience: "gate", groups: %w[users vip],
                        token_expires_in: 5).token("a")
    assert_equal ["me", "gate", %w[users vip]], claims(token).values_at("iss", "aud", "groups")
    assert_equal "app-2026", header(token)["kid"]
    assert_operator claims(token)["exp"], :<=, Time.now.to_i + 5
  end

  def test_ed25519
    key = OpenSSL::PKey.generate_key("ED25519")
    token = client_with(signing_key: key).token("a")
    assert_equal "EdDSA", header(token)["alg"]
    assert key.verify(nil, signature(token), signed(token))
  end

  def test_p256_always_has_64_bytes
    key = OpenSSL::PKey::EC.generate("prime256v1")
    client = client_with(signing_key: key)
    # of 256 some have a half that begins with a zero
    256.times do
      token = client.token("a")
      assert_equal ["ES256", 64], [header(token)["alg"], signature(token).bytesize]
      halves = signature(token).unpack("a32a32").map { |half| OpenSSL::ASN1::Integer(OpenSSL::BN.new(half, 2)) }
      assert key.verify("SHA256", OpenSSL::ASN1::Sequence(halves).to_der, signed(token))
    end
  end

  def test_rsa
    key = OpenSSL::PKey::RSA.new(2048)
    token = client_with(signing_key: key.to_pem).token("a")
    assert_equal "RS256", header(token)["alg"]
    assert key.verify("SHA256", signature(token), signed(token))
  end

  def test_a_key_in_a_file
    Tempfile.create("key") do |file|
      file.write(OpenSSL::PKey.generate_key("ED25519").private_to_pem)
      file.close
      assert_equal "EdDSA", header(client_with(signing_key: Pathname(file.path)).token("a"))["alg"]
    end
  end

  def test_what_cannot_sign_is_refused_and_says_why
    {
      {} => "nothing to sign with", { signing_secret: "short" } => "at least 32 bytes", { signing_key: "/nowhere.pem" } => "can be read",
      { signing_key: "-----BEGIN NOTHING-----" } => "no private key",
      { signing_key: OpenSSL::PKey::RSA.new(2048).public_key } => "expected a private key",
      { signing_key: OpenSSL::PKey.read(OpenSSL::PKey.generate_key("ED25519").public_to_pem) } => "expected a private key",
      { signing_key: OpenSSL::PKey.read(OpenSSL::PKey::EC.generate("prime256v1").public_to_pem) } => "expected a private key",
      { signing_key: OpenSSL::PKey::EC.generate("secp384r1") } => "expected a private key"
    }.each do |settings, why|
      error = assert_raises(Gatepost::Misconfigured) { client_with(**settings).token("a") }
      assert_includes error.message, why
    end
  end

  private

  def client_with(**settings)
    Gatepost::Client.new(configuration(**settings))
  end

  def header(token)
    JSON.parse(decode(token.split(".")[0]))
  end

  def claims(token)
    JSON.parse(decode(token.split(".")[1]))
  end

  def signed(token)
    token.rpartition(".").first
  end

  def signature(token)
    decode(token.split(".")[2])
  end

  def decode(text)
    text.tr("-_", "+/").unpack1("m")
  end
end

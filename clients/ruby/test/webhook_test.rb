# frozen_string_literal: true

require_relative "test_helper"
require "stringio"

class WebhookTest < GatepostTest
  SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  TIME = 1_614_265_330
  PAYLOAD = '{"test": 2432232314}'

  EVENT = '{"type":"message.undelivered","timestamp":"2026-11-29T02:30:00.125Z","data":{"user":"Grüße","offset":7}}'

  # The examples for Python and Java are tried with the same table.
  JSON.parse(File.read(File.join(__dir__, "webhooks.json"), encoding: "UTF-8")).each do |row|
    define_method("test_#{row["says"]}") do
      if row["good"]
        assert_good(row)
      else
        error = assert_raises(Gatepost::Untrusted, Gatepost::Misconfigured) { verify_row(row) }
        refute_includes error.message, "no event"
      end
    end
  end

  # The published one is signed well, and is no event.
  def assert_good(row)
    return assert_equal("message.undelivered", verify_row(row).type) unless row["body"] == PAYLOAD

    assert_equal "the body is no event", assert_raises(Gatepost::Untrusted) { verify_row(row) }.message
  end

  def verify_row(row)
    Gatepost::Webhook.new(row["secrets"], clock: at(row["now"])).verify(*row.values_at("body", "id", "timestamp", "signature"))
  end

  def test_an_event
    event = verify(EVENT, sign(EVENT))
    assert_equal [ID, "message.undelivered", "Grüße", 7], [event.id, event.type, event.user, event.data["offset"]]
    assert_equal Time.utc(2026, 11, 29, 2, 30, 0.125r), event.timestamp
  end

  def test_what_is_signed_and_no_event_is_refused
    ["", "[]", "null", "1", "{", '{"type":"a","timestamp":"yesterday","data":{}}', '{"type":"a","data":{}}', "\xFF"].each do |body|
      refused { verify(body, sign(body)) }
    end
  end

  def test_a_request_of_rack_is_read_once_more_by_whoever_comes_next
    now = Time.now.to_i
    env = { "rack.input" => StringIO.new(EVENT.b), "HTTP_WEBHOOK_ID" => ID, "HTTP_WEBHOOK_TIMESTAMP" => now.to_s,
            "HTTP_WEBHOOK_SIGNATURE" => sign(EVENT, SECRET, now) }
    2.times { assert_equal "Grüße", Gatepost.webhook(env, secrets: SECRET).user }
    assert_equal EVENT.b, env["rack.input"].read
    assert_equal "Grüße", Gatepost.webhook(Struct.new(:env).new(env), secrets: [SECRET]).user
    refused { Gatepost.webhook(env.except("rack.input"), secrets: SECRET) }
    rails = Struct.new(:env, :raw_post).new(env.except("rack.input"), EVENT)
    assert_equal "Grüße", Gatepost.webhook(rails, secrets: SECRET).user
  end

  def test_any_other_request_has_a_body_and_headers
    now = Time.now.to_i
    request = { "webhook-id" => ID, "webhook-timestamp" => now.to_s, "webhook-signature" => sign(EVENT, SECRET, now) }
    other = Object.new
    other.define_singleton_method(:body) { EVENT }
    other.define_singleton_method(:[]) { |name| request[name] }
    assert_equal 7, Gatepost.webhook(other, secrets: SECRET).data["offset"]
  end

  def test_without_a_secret_nothing_is_taken
    assert_raises(Gatepost::Misconfigured) { Gatepost.webhook({}, secrets: []) }
    assert_raises(Gatepost::Misconfigured) { Gatepost.webhook({}, secrets: ["whsec_!"]) }
  end

  private

  def verify(body, signatures)
    Gatepost::Webhook.new([SECRET], clock: at(TIME)).verify(body, ID, TIME.to_s, signatures)
  end

  def at(seconds)
    Struct.new(:now).new(Time.at(seconds))
  end

  def sign(body, secret = SECRET, time = TIME)
    key = secret.delete_prefix("whsec_").unpack1("m0")
    "v1,#{[OpenSSL::HMAC.digest("SHA256", key, "#{ID}.#{time}.".b + body.b)].pack("m0")}"
  end

  def refused(&)
    assert_raises(Gatepost::Untrusted, &)
  end
end

# frozen_string_literal: true

require_relative "test_helper"
require "stringio"

class WebhookTest < GatepostTest
  # github.com/standard-webhooks/standard-webhooks, "sign function works" of its libraries
  SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  TIME = 1_614_265_330
  PAYLOAD = '{"test": 2432232314}'
  SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

  EVENT = '{"type":"message.undelivered","timestamp":"2026-11-29T02:30:00.125Z","data":{"user":"Grüße","offset":7}}'

  def test_the_published_vector
    error = assert_raises(Gatepost::Untrusted) { verify(PAYLOAD, SIGNATURE) }
    assert_equal "the body is no event", error.message # so its signature was found to be good
    assert_equal SIGNATURE, sign(PAYLOAD)
  end

  def test_an_event
    event = verify(EVENT, sign(EVENT))
    assert_equal [ID, "message.undelivered", "Grüße", 7], [event.id, event.type, event.user, event.data["offset"]]
    assert_equal Time.utc(2026, 11, 29, 2, 30, 0.125r), event.timestamp
  end

  def test_one_good_signature_of_several_is_enough
    assert verify(EVENT, "v1,AAAA v1a,#{sign(EVENT)[3..]} v2,x #{sign(EVENT)} nonsense")
    refused { verify(EVENT, "v1a,#{sign(EVENT)[3..]} v2,#{sign(EVENT)[3..]} #{sign(EVENT)[3..]}") }
  end

  def test_two_secrets_count_while_one_is_rotated
    other = "whsec_#{["o" * 24].pack("m0")}"
    assert verify(EVENT, sign(EVENT), secrets: [other, SECRET])
    assert verify(EVENT, sign(EVENT, other), secrets: [SECRET, other])
    refused { verify(EVENT, sign(EVENT, other)) }
  end

  def test_a_secret_without_its_prefix
    assert verify(EVENT, sign(EVENT), secrets: [SECRET.delete_prefix("whsec_")])
  end

  def test_whatever_is_changed_is_refused
    good = sign(EVENT)
    refused { verify("#{EVENT} ", good) }
    refused { verify(EVENT, good, id: "#{ID}x") }
    refused { verify(EVENT, good, time: TIME + 1) }
    refused { verify(EVENT, good.sub("=", "")) }
    refused { verify(EVENT, "v1,") }
    %i[id time signatures].each { |missing| refused { verify(EVENT, good, missing => "") } }
  end

  def test_the_time_may_differ_by_five_minutes
    [-300, 300].each { |apart| assert verify(EVENT, sign(EVENT), now: TIME + apart) }
    [-301, 301].each { |apart| refused { verify(EVENT, sign(EVENT), now: TIME + apart) } }
    ["0x6037", " #{TIME}", "#{TIME}\n", "1_614_265_330", "#{TIME}.0", "-1", "now"].each do |time|
      refused { verify(EVENT, sign(EVENT, SECRET, time), time:) }
    end
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
    request = Struct.new(:env).new(env)
    assert_equal "Grüße", Gatepost.webhook(request, secrets: [SECRET]).user
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

  def verify(body, signatures, secrets: [SECRET], id: ID, time: TIME, now: TIME, **rest)
    clock = Struct.new(:now).new(Time.at(now))
    Gatepost::Webhook.new(secrets, clock:).verify(body, id, time.to_s, rest.fetch(:signatures, signatures))
  end

  def sign(body, secret = SECRET, time = TIME)
    key = secret.delete_prefix("whsec_").unpack1("m0")
    "v1,#{[OpenSSL::HMAC.digest("SHA256", key, "#{ID}.#{time}.".b + body.b)].pack("m0")}"
  end

  def refused(&)
    assert_raises(Gatepost::Untrusted, &)
  end
end

# frozen_string_literal: true

require_relative "test_helper"

class ConfigurationTest < GatepostTest
  def test_the_environment_says_where_and_as_whom
    configuration = Gatepost::Configuration.new(
      "GATEPOST_URL" => "https://my%40app:a%3Ab+c@gate.example:8443", "GATEPOST_PAGE_URL" => "wss://www.example/stomp",
      "GATEPOST_WEBHOOK_SECRET" => "whsec_YQ== whsec_Yg=="
    )
    assert_equal "https://gate.example:8443", configuration.url
    assert_equal ["my@app", "a:b+c"], [configuration.user, configuration.password]
    assert_equal "wss://www.example/stomp", configuration.page_url
    assert_equal %w[whsec_YQ== whsec_Yg==], configuration.webhook_secrets
  end

  def test_without_one_it_is_this_machine_and_nobody
    configuration = Gatepost::Configuration.new({})
    assert_equal ["http://localhost:61614", "ws://localhost:61614/stomp"], [configuration.url, configuration.page_url]
    assert_raises(Gatepost::Misconfigured) { configuration.authorization }
  end

  def test_a_token_goes_before_a_password_and_may_be_made_for_each_call
    made = 0
    assert_equal "Bearer t", configuration(token: "t").authorization
    assert_equal "Bearer 1", configuration(token: -> { made += 1 }).authorization
    assert_equal "Basic #{["app:secret"].pack("m0")}", configuration.authorization
  end

  def test_an_address_that_is_none_is_refused_and_no_password_is_told
    ["gate.example", "ftp://a", "http://", "http://a:secret@b/path", "http://a:secret @b", "http://b?x=1"].each do |url|
      error = assert_raises(Gatepost::Misconfigured, url) { configuration(url) }
      refute_includes error.message, "secret"
    end
    refute_includes configuration("http://a:secret@b").inspect, "secret"
  end

  def test_a_change_of_the_configuration_counts_from_the_next_call_on
    before = Gatepost.client
    Gatepost.configure { |config| config.retry_for = 15 }
    refute_same before, Gatepost.client
  end
end

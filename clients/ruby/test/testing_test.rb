# frozen_string_literal: true

require_relative "test_helper"

class TestingTest < Minitest::Test
  include Gatepost::Testing::Assertions
  include Gatepost::Testing::Matchers

  def test_what_is_sent_is_recorded
    receipt = Gatepost.notify([1, 2], "Hello", ttl: 5)
    assert_notified 1, "Hello"
    assert_notified 2, /ell/
    refute_notified 3
    refute_notified 1, "Bye"
    only = Gatepost::Testing.notifications.first
    assert_equal [receipt.id, "text/plain", { "ttl" => 5 }], [only.id, only.content_type, only.options]
  end

  def test_what_is_sent_in_a_block
    Gatepost.notify("a", "before")
    assert_notified("a", "now") { Gatepost.notify("a", "now") }
    refute_notified("a", "before") { Gatepost.notify("a", "now") }
    refute_notified("a") { Gatepost.notify("b", "now") }
  end

  def test_a_hash_arrives_as_json
    Gatepost.notify("a", { title: :hi })
    assert_notified "a", { title: "hi" }
    assert_equal({ "title" => "hi" }, Gatepost.history("a").first.json)
    assert_equal 1, Gatepost.unread("a")
  end

  def test_assertions_fail_and_say_what_was_sent
    Gatepost.notify("a", "Hello")
    error = assert_raises(Minitest::Assertion) { assert_notified "b" }
    assert_includes error.message, '"Hello"'
    assert_raises(Minitest::Assertion) { assert_notified "a", "Bye" }
    assert_raises(Minitest::Assertion) { refute_notified "a" }
    assert_raises(Minitest::Assertion) { assert_audience_notified "a" }
  end

  def test_the_same_id_is_the_same_message
    2.times { Gatepost.notify("a", "Hello", id: "1") }
    assert_equal 1, Gatepost::Testing.notifications.size
    assert Gatepost.withdraw("a", "1")
    refute Gatepost.withdraw("a", "1")
    refute_notified "a"
  end

  def test_audiences_have_members
    assert_equal 2, Gatepost.audience("p/7").add(1, 2)
    assert_equal 1, Gatepost.audience("p/7").remove(2, 3)
    assert_equal ["1"], Gatepost.audience("p/7").members.to_a
    assert_equal 1, Gatepost.audience("p/7").notify("x").count
    assert_audience_notified "p/7", "x"
    assert_notified 1, "x"
    refute_notified 2
  end

  def test_who_is_on_line_is_said
    Gatepost::Testing.online("a", 2)
    Gatepost::Testing.offline("a")
    assert Gatepost.online?(2)
    refute Gatepost.online?("a")
    assert_equal(["2"], Gatepost.online.map(&:user))
    Gatepost.everyone.notify("x")
    assert_audience_notified :everyone
    assert_notified 2
  end

  def test_who_was_signed_out_or_erased_is_known
    Gatepost::Testing.online("a/b")
    assert_equal 1, Gatepost.sign_out("a/b")
    refute Gatepost.online?("a/b")
    Gatepost.erase("c d")
    assert_equal [["a/b"], ["c d"]], [Gatepost::Testing.signed_out, Gatepost::Testing.erased]
  end

  def test_failures_are_played
    Gatepost::Testing.fail_with(Gatepost::Full.new("full")) { assert_raises(Gatepost::Full) { Gatepost.notify("a", "x") } }
    Gatepost.notify("a", "x")
    assert_notified "a"
  end

  def test_the_matcher_of_rspec
    Gatepost.notify("a", "Hello")
    assert have_been_notified.matches?("a")
    assert have_been_notified.with(/Hel/).matches?("a")
    refute have_been_notified.with("Bye").matches?("a")
    matcher = have_been_notified.with("x")
    refute matcher.matches?("b")
    assert_includes matcher.failure_message, "expected b to have been notified"
  end

  def test_nothing_stays_from_the_test_before
    assert_empty Gatepost::Testing.notifications
  end

  def test_nobody_records_where_nobody_asked_for_it
    Gatepost::Testing.disable!
    assert_raises(Gatepost::Misconfigured) { Gatepost::Testing.notifications }
  end
end

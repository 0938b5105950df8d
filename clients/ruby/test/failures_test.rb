# frozen_string_literal: true

require_relative "test_helper"

class FailuresTest < GatepostTest
  ERRORS = [
    [400, Gatepost::Invalid], [401, Gatepost::Denied], [403, Gatepost::Denied], [404, Gatepost::NotFound], [409, Gatepost::Conflict],
    [413, Gatepost::Invalid], [415, Gatepost::Invalid], [422, Gatepost::Invalid], [500, Gatepost::Unavailable]
  ].freeze

  ERRORS.each do |status, type|
    define_method("test_status_#{status}_is_#{type.name.downcase.gsub("::", "_")}_at_once") do
      error = assert_raises(Gatepost::Error) { client { |_| problem(status, "for a reason") }.notify("a", "x") }
      assert_instance_of type, error
      assert_equal [status, "for a reason"], [error.status, error.message]
      assert_equal 1, server.seen.size
    end
  end

  def test_what_is_invalid_is_named
    error = assert_raises(Gatepost::Invalid) { client { |_| problem(422, "expected seconds", field: "ttl") }.notify("a", "x", ttl: -1) }
    assert_equal ["ttl", "expected seconds"], [error.field, error.message]
  end

  def test_a_full_inbox_is_no_matter_of_waiting
    error = assert_raises(Gatepost::Full) do
      client { |_| problem(429, "inbox.messages = 2 wait already", { "Retry-After" => 5 }) }.notify("a", "x")
    end
    assert_equal 429, error.status
    assert_equal 1, server.seen.size
  end

  def test_who_is_told_to_come_later_does_and_sends_the_same_id
    answers = [problem(503, "it starts", { "Retry-After" => 1 }), problem(429, "user.messages", { "Retry-After" => 0 }), nil]
    began = now
    receipt = client { |request| answers.shift || taken(request) }.notify("a", "x")
    assert_operator now - began, :>=, 1
    assert_equal [receipt.id] * 3, (server.seen.map { |request| request.json["id"] })
  end

  def test_a_proxy_in_front_of_a_restart_is_waited_for
    answers = [[502, "<html>Bad Gateway</html>"], [504, "late"], nil]
    client { |request| answers.shift || taken(request) }.notify("a", "x")
    assert_equal 3, server.seen.size
  end

  def test_who_waits_for_longer_than_the_caller_wants_is_not_waited_for
    error = assert_raises(Gatepost::Unavailable) do
      client(retry_for: 2) { |_| problem(503, "it starts", { "Retry-After" => 3 }) }.notify("a", "x")
    end
    assert_equal [503, 3], [error.status, error.retry_after]
    assert_equal 1, server.seen.size
  end

  def test_a_connection_that_breaks_before_the_answer_is_tried_again_with_the_same_id
    answers = %i[silence silence]
    client { |request| answers.shift || taken(request) }.notify("a", "x")
    ids = server.seen.map { |request| request.json["id"] }
    assert_equal [3, 1], [ids.size, ids.uniq.size]
  end

  def test_what_may_come_twice_is_not_sent_twice
    error = assert_raises(Gatepost::Unavailable) { client { |_| :silence }.notify("a", "x", persistent: false) }
    assert_predicate error, :sent?
    request = server.seen
    assert_equal 1, request.size
    refute request.first.json.key?("id")
  end

  def test_nobody_listens
    began = now
    gone = Gatepost::Client.new(configuration("http://127.0.0.1:#{free_port}", retry_for: 1))
    error = assert_raises(Gatepost::Unavailable) { gone.notify("a", "x", persistent: false) }
    refute_predicate error, :sent?
    assert_includes 0.2..5, now - began
  end

  def test_an_answer_that_does_not_come_is_given_up
    slow = client(read_timeout: 0.2, retry_for: 0) do |request|
      sleep 1 if server.requests.size == 1
      taken(request)
    end
    error = assert_raises(Gatepost::Unavailable) { slow.notify("a", "x") }
    assert_includes error.message, "Net::ReadTimeout"
  end

  def test_a_timeout_of_the_callers_own_ends_all_attempts
    slow = client { |_| sleep }
    assert_raises(Timeout::Error) { Timeout.timeout(0.2) { slow.notify("a", "x") } }
    own = Class.new(Timeout::Error)
    assert_raises(own) { Timeout.timeout(0.2, own) { slow.notify("a", "x") } }
    assert_equal 2, server.seen.size
  end

  def test_an_answer_of_somebody_else_is_none
    assert_raises(Gatepost::Unavailable) { client { |_| [200, "<html>"] }.notify("a", "x") }
    assert_equal 1, server.seen.size
  end

  def test_of_several_users_each_says_what_has_become_of_it
    error = assert_raises(Gatepost::Denied) do
      client { |_| partly(403, "not yours") }.notify(%w[a b], "x")
    end
    assert_equal [nil, 403], error.receipt.results.map(&:status)
    assert error.receipt.results.first.taken?
    assert_raises(Gatepost::Full) { client { |_| partly(429, "inbox.bytes are reached") }.notify(%w[a b], "x") }
  end

  def test_of_several_users_those_who_can_come_later_do
    answers = [partly(503, "the message could not be stored"), partly(429, "user.memory"), nil]
    receipt = client { |request| answers.shift || taken(request) }.notify(%w[a b], "x")
    assert_equal [true, true], receipt.results.map(&:taken?)
    assert_equal [receipt.id] * 3, (server.seen.map { |request| request.json["id"] })
  end

  def partly(status, detail)
    [200, { status: 207, results: [{ user: "a", epoch: "e", offset: 1 }, { user: "b", status:, detail: }] }]
  end

  def test_pauses_grow_and_are_never_all_the_same
    pauses = []
    attempts = Gatepost::Attempts.new(configuration(retry_for: 60), sleep: ->(time) { pauses << time })
    assert_equal(8, attempts.run { pauses.size < 8 ? raise(Gatepost::Unavailable, "no") : pauses.size })
    pauses.each_with_index do |pause, index|
      full = [0.1 * (2**index), 5].min
      assert_includes (full / 2)..full, pause
    end
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def free_port
    server = TCPServer.new("127.0.0.1", 0)
    server.addr[1].tap { server.close }
  end
end

# frozen_string_literal: true

require_relative "test_helper"

class ConnectionsTest < GatepostTest
  def test_calls_in_turn_share_a_connection
    one = client { |request| taken(request) }
    3.times { one.notify("a", "x") }
    assert_equal [1], server.seen.map(&:connection).uniq
  end

  def test_threads_have_connections_of_their_own_and_get_their_own_answers
    busy = client do |request|
      sleep 0.01
      taken(request)
    end
    threads = Array.new(8) do |thread|
      Thread.new { Array.new(10) { |i| busy.notify("#{thread}-#{i}", "x").results.map(&:user) } }
    end
    answers = threads.map { |thread| thread.join(PATIENCE).value }
    assert_equal(Array.new(8) { |thread| Array.new(10) { |i| ["#{thread}-#{i}"] } }, answers)
    connections = server.seen.map(&:connection).uniq.size
    assert_includes 2..8, connections
  end

  def test_a_thread_that_is_killed_leaves_no_connection_in_the_middle_of_an_answer
    started = Thread::Queue.new
    slow = client do |request|
      if request.json["body"] == "slow"
        started << true
        sleep 0.3
      end
      taken(request)
    end
    thread = Thread.new { slow.notify("slow", "slow") }
    started.pop
    thread.kill.join
    assert_equal(["b"], slow.notify("b", "x").results.map(&:user))
    assert_equal [1, 2], server.seen.map(&:connection)
  end

  def test_a_forked_process_has_connections_of_its_own_and_the_parent_keeps_its
    forked = client { |request| taken(request) }
    forked.notify("parent", "x")
    children = Array.new(2) do |child|
      fork do
        10.times { |i| forked.notify("child-#{child}-#{i}", "x").results.first.user == "child-#{child}-#{i}" || exit!(1) }
        exit!(0)
      end
    end
    10.times { |i| assert_equal "parent-#{i}", forked.notify("parent-#{i}", "x").results.first.user }
    children.each { |child| assert_predicate Process.wait2(child).last, :success? }

    by_whom = server.seen.group_by { |request| request.json.dig("to", "users").first[/\A(parent|child-\d)/] }
    connections = by_whom.transform_values { |requests| requests.map(&:connection).uniq }
    assert_equal [1], connections["parent"]
    assert_equal 3, connections.values.flatten.uniq.size
  end

  def test_after_a_restart_a_new_connection_is_made
    restarted = client { |request| taken(request) }
    restarted.notify("a", "x")
    server.cut
    restarted.notify("a", "y")
    assert_equal([[1, "x"], [2, "y"]], server.seen.map { |request| [request.connection, request.json["body"]] })
  end

  def test_a_connection_that_gatepost_ends_is_left
    ended = client { |request| [200, { "Connection" => "close" }, taken(request).last] }
    2.times { ended.notify("a", "x") }
    assert_equal 2, server.seen.size
  end

  # Of this machine itself nobody would ask a proxy.
  def test_no_proxy_of_the_environment_is_between
    client { |_| [502, "a proxy"] }
    before = ENV.fetch("http_proxy", nil)
    ENV["http_proxy"] = server.url
    away = Gatepost::Client.new(configuration("http://gatepost.invalid", retry_for: 0))
    assert_includes assert_raises(Gatepost::Unavailable) { away.notify("a", "x") }.message, "no connection"
    assert_empty server.seen
  ensure
    ENV["http_proxy"] = before
  end
end

# frozen_string_literal: true

require_relative "test_helper"

class CallsTest < GatepostTest
  def test_members_are_added_removed_and_listed_by_pages
    audience = client do |request|
      case request.verb
      when "PUT" then [200, { added: 2 }]
      when "DELETE" then [200, { removed: 1 }]
      else [200, request.path.include?("cursor=b") ? { members: ["c"] } : { members: %w[a b], next: "b" }]
      end
    end.audience("pro ject/7")

    assert_equal 2, audience.add(1, ["2"])
    assert_equal 1, audience.remove("1")
    assert_equal %w[a b c], audience.members.to_a
    add, remove, first, second = server.seen
    assert_equal "/gatepost/api/v1/audiences/pro%20ject%2F7/members", add.path
    assert_equal({ "users" => %w[1 2] }, add.json)
    assert_equal "DELETE", remove.verb
    assert_equal ["#{add.path}?limit=10000", "#{add.path}?limit=10000&cursor=b"], [first.path, second.path]
  end

  def test_pages_are_fetched_as_they_are_asked_for
    history = client { |_| [200, { messages: [stored(2), stored(1)], next: "e.1.n" }] }.history("a")
    message = history.first
    assert_equal [2, "e", "sys", "Hi", %w[done read]], [message.offset, message.epoch, message.from, message.body, message.state]
    assert_equal Time.utc(1970, 1, 1, 0, 0, 1.5r), message.timestamp
    assert message.done? && message.read?
    assert_equal ["/gatepost/api/v1/users/a/messages?order=newest&limit=50"], server.seen.map(&:path)
  end

  def stored(offset)
    { offset:, epoch: "e", messageId: "m#{offset}", from: "sys", timestamp: 1500, state: %w[done read], body: "Hi" }
  end

  def test_presence_is_asked_for_in_pieces
    found = client do |request|
      names = URI.decode_www_form(request.path[/\?(.*)/, 1]).to_h["users"].split(",")
      [200, { users: names.map { |user| { user:, online: user == "3", since: 2000 } } }]
    end.presence(1..201)
    assert_equal [201, [3.to_s], Time.at(2).utc], [found.size, found.select { |_, one| one.online? }.keys, found["3"].since]
    assert_equal 2, server.seen.size
    assert @client.online?(3)
    refute @client.online?(4)
  end

  def test_who_is_on_line_is_a_list
    online = client { |_| [200, { count: 1, users: [{ user: "a", online: true }] }] }.online
    assert_equal(["a"], online.map(&:user))
    assert_equal "/gatepost/api/v1/online?limit=1000", server.seen.first.path
  end

  def test_signing_out_revokes_what_was_signed_before_and_ends_what_is_open
    from = (Time.now.to_f * 1000).floor
    ended = client { |request| [200, { ended: request.verb == "POST" ? 2 : 1 }] }.sign_out("a")
    revoke, close = server.seen
    assert_equal 3, ended
    assert_equal ["POST", "/gatepost/api/v1/revocations", "a"], [revoke.verb, revoke.path, revoke.json["user"]]
    assert_includes from..(Time.now.to_f * 1000).ceil, revoke.json["issuedBefore"]
    assert_equal ["DELETE", "/gatepost/api/v1/users/a/sessions"], [close.verb, close.path]
  end

  def test_a_clock_that_is_ahead_of_gateposts_waits_for_it
    answers = [problem(422, "issued before 2027: expected a time that is past"), [200, { ended: 1 }], [200, { ended: 0 }]]
    assert_equal 1, client { |_| answers.shift }.sign_out("a")
    assert_equal 1, server.seen.first(2).map(&:json).uniq.size
  end

  def test_names_that_a_proxy_would_change_stand_in_the_query
    odd = client { |request| request.verb == "DELETE" ? [204, ""] : [200, { unread: 1, messages: [] }] }
    odd.erase("a/b")
    odd.unread("..")
    odd.history("50%").to_a
    odd.unread("a b+c?ü")
    assert_equal ["/users?user=a%2Fb", "/users?user=..", "/users/messages?user=50%25&order=newest&limit=50",
                  "/users/a%20b%2Bc%3F%C3%BC"], (server.seen.map { |request| request.path.delete_prefix("/gatepost/api/v1") })
  end

  def test_taking_back_says_whether_there_was_a_message
    answers = [[204, ""], problem(404, "there is no such message")]
    withdrawing = client { |_| answers.shift }
    assert withdrawing.withdraw("a", "order-7")
    refute withdrawing.withdraw("a", "order-7")
    assert_equal "/gatepost/api/v1/messages?user=a&id=order-7", server.seen.first.path
  end
end

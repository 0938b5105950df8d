# frozen_string_literal: true

require_relative "test_helper"

class NotifyTest < GatepostTest
  User = Struct.new(:id)

  def test_a_text_goes_to_one_user
    receipt = client { |request| taken(request) }.notify(42, "Grüße")

    request = server.seen.first
    assert_equal ["POST", "/gatepost/api/v1/messages"], [request.verb, request.path]
    assert_equal "Basic #{["app:secret"].pack("m0")}", request.headers["authorization"]
    assert_equal({ "to" => { "users" => ["42"] }, "id" => receipt.id, "body" => "Grüße", "contentType" => "text/plain" }, request.json)
    assert_equal ["e", 7, false], [receipt.epoch, receipt.offset, receipt.full?]
  end

  def test_a_hash_goes_as_json
    client { |request| taken(request) }.notify("a", { title: "Hi", list: [1, nil] })
    json = server.seen.first.json
    assert_equal({ "title" => "Hi", "list" => [1, nil] }, json["body"])
    assert_equal "application/json", json["contentType"]
  end

  def test_bytes_go_as_base64
    client { |request| taken(request) }.notify("a", "\xFF\x00".b)
    assert_equal ["/wA=", "application/octet-stream"], server.seen.first.json.values_at("base64", "contentType")
  end

  def test_all_options_are_passed_on
    client { |request| taken(request) }.notify(
      "a", "x", id: 7, once: "welcome", collapse: :build, ttl: 60.9, if_full: :skip, history: false,
                headers: { kind: "news" }, content_type: "text/html", inbox: "user"
    )
    expected = { "to" => { "users" => ["a"], "inbox" => "user" }, "id" => "7", "body" => "x", "contentType" => "text/html",
                 "once" => "welcome", "collapse" => "build", "ttl" => 60, "ifFull" => "skip", "history" => false,
                 "headers" => { "kind" => "news" } }
    assert_equal expected, server.seen.first.json
  end

  def test_each_call_has_an_id_of_its_own
    two = client { |request| taken(request) }
    refute_equal two.notify("a", "x").id, two.notify("a", "x").id
  end

  def test_users_are_records_names_or_a_list_of_them
    client { |request| taken(request) }.notify([User.new(1), :b, ["c", 4], User.new(1)], "x")
    assert_equal %w[1 b c 4], server.seen.first.json.dig("to", "users")
    @client.notify(User.new(9), "x")
    assert_equal ["9"], server.seen.first.json.dig("to", "users")
  end

  def test_more_users_than_a_call_takes_are_several_calls_with_one_id
    receipt = client { |request| taken(request) }.notify((1..1500).to_a, "x")
    calls = server.seen.map(&:json)
    assert_equal [1000, 500], (calls.map { |json| json.dig("to", "users").size })
    assert_equal [receipt.id], calls.map { |json| json["id"] }.uniq
    assert_equal 1500, receipt.results.size
  end

  def test_a_full_inbox_that_is_skipped_is_told_and_no_error
    receipt = client { |_| [200, { status: 200, results: [{ user: "a", refused: "full" }] }] }.notify("a", "x", if_full: :skip)
    assert_predicate receipt, :full?
    refute_predicate receipt.results.first, :taken?
  end

  def test_what_cannot_be_sent_is_invalid_before_anything_is_sent
    quiet = client { |request| taken(request) }
    assert_equal "body", assert_raises(Gatepost::Invalid) { quiet.notify("a", nil) }.field
    assert_equal "body", assert_raises(Gatepost::Invalid) { quiet.notify("a", String.new("\xFF", encoding: "UTF-16LE")) }.field
    assert_equal "user", assert_raises(Gatepost::Invalid) { quiet.notify(nil, "x") }.field
    assert_equal "user", assert_raises(Gatepost::Invalid) { quiet.notify("", "x") }.field
    assert_equal "to.users", assert_raises(Gatepost::Invalid) { quiet.notify([], "x") }.field
    assert_equal "ifFull", assert_raises(Gatepost::Invalid) { quiet.notify("a", "x", if_full: :drop) }.field
    assert_raises(ArgumentError) { quiet.notify("a", "x", colapse: "typo") }
    assert_empty server.seen
  end

  def test_many_are_reached_by_one_call
    many = client { |_| [200, { status: 200, count: 3, skipped: 1 }] }
    receipts = [many.audience("project-7"), many.everyone, many.online].map { |to| to.notify("x", id: "a") }
    expected = [{ "audience" => "project-7" }, { "everyone" => true }, { "online" => true }]
    assert_equal(expected, server.seen.map { |request| request.json["to"] })
    assert_equal [[3, 1, true]], receipts.map { |receipt| [receipt.count, receipt.skipped, receipt.full?] }.uniq
  end

  def test_a_turbo_stream_is_a_message
    rendered = []
    renderer = Object.new
    renderer.define_singleton_method(:render) { |**options| (rendered << options) && "<b>Hi</b>" }
    client(renderer:) { |request| taken(request) }.turbo("a", partial: "notices/notice", locals: { id: 1 }, target: 'a"b', ttl: 5)

    json = server.seen.first.json
    assert_equal '<turbo-stream action="append" target="a&quot;b"><template><b>Hi</b></template></turbo-stream>', json["body"]
    assert_equal ["text/vnd.turbo-stream.html", 5], json.values_at("contentType", "ttl")
    assert_equal [{ partial: "notices/notice", locals: { id: 1 }, formats: [:html] }], rendered
  end

  def test_a_turbo_stream_needs_a_template_where_it_shows_something
    quiet = client { |request| taken(request) }
    quiet.turbo("a", action: :remove, targets: ".old")
    quiet.turbo("a", action: :refresh)
    quiet.turbo("a", html: "<i></i>")
    assert_raises(ArgumentError) { quiet.turbo("a", action: :replace, target: "b") }
    assert_equal ['<turbo-stream action="remove" targets=".old"></turbo-stream>', '<turbo-stream action="refresh"></turbo-stream>',
                  '<turbo-stream action="append" target="notifications"><template><i></i></template></turbo-stream>'],
                 (server.seen.map { |request| request.json["body"] })
  end
end

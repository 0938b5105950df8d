# frozen_string_literal: true

module Gatepost
  module Testing
    # A message that was sent. to: as the API has it; users: whose inboxes it would have come into; options: what else was asked.
    Notification = Struct.new(:to, :users, :body, :content_type, :id, :options, keyword_init: true)

    # Answers as Gatepost would, from memory. Any thread.
    class Recorder
      USERS = %r{\Ausers(?:/(?<user>[^/]+))??(?:/(?<what>messages|sessions))?\z}
      MEMBERS = %r{\Aaudiences/(?<audience>[^/]+)/members\z}

      attr_reader :notifications, :signed_out, :erased

      def initialize
        @lock = Monitor.new
        @notifications = []
        @signed_out = []
        @erased = []
        @online = {}
        @members = Hash.new { |all, name| all[name] = [] }
        @failure = nil
      end

      def online(*users)
        @lock.synchronize { users.each { |user| @online[user.to_s] = true } }
      end

      def offline(*users)
        @lock.synchronize { users.each { |user| @online.delete(user.to_s) } }
      end

      # What every call within the block raises.
      def fail_with(error)
        @failure = error
        yield
      ensure
        @failure = nil
      end

      def close; end

      # As Transport.
      def call(method, path, query: nil, body: nil)
        raise failure if @failure

        query = (query || {}).transform_keys(&:to_sym)
        body = JSON.parse(JSON.generate(body)) if body
        @lock.synchronize { answer(method, path, query, body) }
      end

      private

      # No test waits for what will not get better.
      def failure
        return @failure unless @failure.is_a?(Unavailable)

        Unavailable.new(@failure.message, status: @failure.status, retry_after: @failure.retry_after, again: false)
      end

      def answer(method, path, query, body)
        case path
        when "messages" then method == :post ? publish(body) : withdraw(query)
        when "presence" then { "users" => query[:users].split(",").map { |user| presence(user) } }
        when "online" then { "users" => @online.keys.sort.map { |user| presence(user) } }
        when "revocations" then { "ended" => 0 }
        when MEMBERS then members(method, Regexp.last_match[:audience], body)
        when USERS then of_user(method, Regexp.last_match[:what], query[:user] || decoded(Regexp.last_match[:user]))
        else raise NotFound, "there is no such call: #{path}"
        end
      end

      def decoded(name)
        URI.decode_www_form_component(name)
      end

      def presence(user)
        { "user" => user, "online" => @online.key?(user) }
      end

      def publish(json)
        to = json["to"]
        users = users(to)
        record(json, to, users) unless json["id"] && @notifications.any? { |one| one.id == json["id"] && one.to == to }
        return { "status" => 200, "count" => users.size, "skipped" => 0 } unless to["users"]

        { "status" => 200, "results" => users.map do |user|
                                          { "user" => user, "epoch" => "test", "offset" => @notifications.size }
                                        end }
      end

      # Everyone is whoever is on line here; who else there is is not known.
      def users(target)
        target["users"] || (target["audience"] ? @members[target["audience"]].dup : @online.keys)
      end

      def record(json, target, users)
        @notifications << Notification.new(
          to: target, users:, body: json["body"] || json["base64"].unpack1("m"), content_type: json["contentType"],
          id: json["id"], options: json.except("to", "body", "base64", "contentType", "id")
        ).freeze
      end

      def withdraw(query)
        before = @notifications.size
        @notifications.reject! { |one| one.id == query[:id] && one.users.include?(query[:user]) }
        raise NotFound, "there is no such message" if @notifications.size == before
      end

      def members(method, audience, body)
        members = @members[decoded(audience)]
        case method
        when :put then { "added" => (body["users"] - members).each { |user| members << user }.size }
        when :delete then { "removed" => (body["users"] & members).each { |user| members.delete(user) }.size }
        else { "members" => members.sort }
        end
      end

      def of_user(method, what, user)
        case [method, what]
        when [:get, nil] then { "unread" => of(user).size }
        when [:get, "messages"] then { "messages" => of(user).reverse }
        when [:delete, "sessions"]
          @signed_out << user
          { "ended" => @online.delete(user) ? 1 : 0 }
        else
          @erased << user
          nil
        end
      end

      def of(user)
        @notifications.each_with_index.select { |one, _index| one.users.include?(user) }.map do |one, index|
          body = one.body.is_a?(String) ? one.body : JSON.generate(one.body)
          { "offset" => index + 1, "epoch" => "test", "messageId" => "test-#{index + 1}", "id" => one.id, "state" => [],
            "contentType" => one.content_type, "body" => body, "timestamp" => 0 }
        end
      end
    end
  end
end

# frozen_string_literal: true

module Gatepost
  # All calls to one Gatepost. Any thread, and any process that was forked. Gatepost itself has one of them; more are for applications
  # with several Gateposts or accounts.
  class Client
    # Users of one question after presence.
    PRESENCE_MOST = 200
    # A segment of a path that a proxy would change.
    ODD = %r{[/%\\]|\A\.\.?\z}

    attr_reader :configuration, :transport, :attempts, :publisher

    def initialize(configuration, transport: Transport.new(configuration))
      @configuration = configuration
      @transport = transport
      @attempts = Attempts.new(configuration)
      @publisher = Publisher.new(self)
    end

    def self.escape(text)
      URI.encode_www_form_component(text).gsub("+", "%20")
    end

    def notify(users, body, **options)
      publisher.to_users(names(users), Message.new(body, **options))
    end

    def turbo(users, **options)
      stream, rest = TurboStream.split(options)
      notify(users, TurboStream.new(**stream).render(configuration), content_type: TurboStream::TYPE, **rest)
    end

    def withdraw(user, id)
      call(:delete, path: "messages", query: { user: name(user), id: })
      true
    rescue NotFound
      false
    end

    def audience(name)
      Audience.new(self, name)
    end

    def everyone
      Many.new(self, { everyone: true })
    end

    def online
      Online.new(self)
    end

    def presence(users)
      names(users).each_slice(PRESENCE_MOST).with_object({}) do |some, found|
        call(:get, path: "presence", query: { users: some.join(",") }).fetch("users").each do |json|
          found[json["user"]] = Presence.of(json)
        end
      end
    end

    def online?(user)
      presence([user]).fetch(name(user)).online?
    end

    # First the revocation: who comes back between the two has a newer token, or is ended by the second.
    def sign_out(user)
      before = (Time.now.to_r * 1000).to_i
      revoked = attempts.run { revoke(name(user), before) }
      revoked.fetch("ended") + call(:delete, **of_user(user, "sessions")).fetch("ended")
    end

    def erase(user)
      call(:delete, **of_user(user))
      true
    end

    def history(user, order: :newest, limit: 50)
      address = of_user(user, "messages")
      query = { **address[:query], order:, limit: }
      pages("messages", address[:path], query) { |json| Stored.of(json) }
    end

    def unread(user)
      call(:get, **of_user(user)).fetch("unread")
    end

    def token(user, **options)
      Token.new(configuration).sign(name(user), **options)
    end

    def session(user, **options)
      { url: configuration.page_url, user: name(user), token: token(user, **options) }
    end

    # Attempts until there is an answer.
    def call(method, path:, query: nil, body: nil, harmless: true)
      attempts.run(harmless:) { transport.call(method, path, query:, body:) }
    end

    # What a list of a call's answer holds, as the block makes it, page by page as it is asked for.
    def pages(list, path, query)
      Enumerator.new do |found|
        cursor = {}
        loop do
          page = call(:get, path:, query: { **query, **cursor })
          page.fetch(list).each { |json| found << yield(json) }
          break unless page["next"]

          cursor = { cursor: page["next"] }
        end
      end
    end

    def name(user)
      user = configuration.user_name.call(user) unless [String, Symbol, Integer].any? { |type| user.is_a?(type) } || user.nil?
      text = user.to_s
      raise Invalid.new("user: expected a name", field: "user") if text.empty?

      text
    end

    # One by one: an array, a list of a database, or a single user.
    def names(users)
      list = users.respond_to?(:each) && !users.is_a?(Struct) ? users.to_a.flatten : [users]
      list.map { |user| name(user) }.uniq
    end

    private

    def of_user(user, what = nil)
      user = name(user)
      path = ODD.match?(user) ? ["users", what] : ["users", Client.escape(user), what]
      { path: path.compact.join("/"), query: ODD.match?(user) ? { user: } : {} }
    end

    # Where this machine's clock is ahead of Gatepost's, now is not past there yet.
    def revoke(user, before)
      transport.call(:post, "revocations", body: { user:, issuedBefore: before })
    rescue Invalid => e
      raise unless e.message.include?("expected a time that is past")

      raise Unavailable.new("the clock here is ahead of Gatepost's: #{e.message}", status: e.status)
    end
  end
end

# frozen_string_literal: true

module Gatepost
  # What a message can be sent to that is not named user by user.
  class Many
    def initialize(client, target)
      @client = client
      @target = target
    end

    # As Gatepost.notify; once: and collapse: are for users only. The receipt says how many inboxes it came into.
    def notify(body, **options)
      @client.publisher.to_many(@target, Message.new(body, **options))
    end

    # As Gatepost.turbo.
    def turbo(**options)
      stream, rest = TurboStream.split(options)
      notify(TurboStream.new(**stream).render(@client.configuration), content_type: TurboStream::TYPE, **rest)
    end
  end

  # An audience: users who get what is sent to its name. It is there when it has a member.
  class Audience < Many
    # Of one call.
    MOST = 10_000

    attr_reader :name

    def initialize(client, name)
      super(client, { audience: name.to_s })
      @name = name.to_s
    end

    # Gives how many were none before.
    def add(*users)
      change(:put, users, "added")
    end

    # Gives how many were members.
    def remove(*users)
      change(:delete, users, "removed")
    end

    # Their names, in order, fetched as they are asked for.
    def members
      @client.pages("members", path, { limit: MOST }, &:itself)
    end

    private

    def change(method, users, count)
      @client.names(users).each_slice(MOST).sum do |some|
        @client.call(method, path:, body: { users: some }).fetch(count)
      end
    end

    def path
      "audiences/#{Client.escape(name)}/members"
    end
  end

  # Whoever has a session now.
  class Online < Many
    include Enumerable

    def initialize(client)
      super(client, { online: true })
    end

    # Yields the Presence of each, in the order of their names.
    def each(&block)
      all = @client.pages("users", "online", { limit: 1_000 }) { |json| Presence.of(json) }
      block ? all.each(&block) : all
    end
  end
end

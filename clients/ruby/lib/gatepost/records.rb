# frozen_string_literal: true

module Gatepost
  # Milliseconds since 1970, as Gatepost has them.
  module Milliseconds
    def self.time(number)
      number && Time.at(0, number, :millisecond).utc
    end
  end

  # Whether a user is on line, and since when that is so (nil: not known).
  Presence = Struct.new(:user, :online, :since, keyword_init: true) do
    def self.of(json)
      new(user: json["user"], online: json["online"], since: Milliseconds.time(json["since"])).freeze
    end

    alias_method :online?, :online
  end

  # A message in an inbox, waiting or done. state: some of "done", "refused", "read", "archived".
  Stored = Struct.new(:offset, :epoch, :message_id, :id, :from, :timestamp, :expires, :replaces, :state,
                      :content_type, :body, :headers, keyword_init: true) do
    def self.of(json)
      new(
        **json.slice("offset", "epoch", "id", "from", "replaces", "state").transform_keys(&:to_sym),
        message_id: json["messageId"], content_type: json["contentType"], headers: json["headers"] || {},
        timestamp: Milliseconds.time(json["timestamp"]), expires: Milliseconds.time(json["expires"]),
        body: json["body"] || json["base64"].unpack1("m")
      ).freeze
    end

    def done?
      state.include?("done")
    end

    def read?
      state.include?("read")
    end

    # What the body says, for one that was sent as a Hash or an Array.
    def json
      JSON.parse(body)
    end
  end
end

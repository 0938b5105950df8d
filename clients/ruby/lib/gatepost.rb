# frozen_string_literal: true

require "forwardable"
require "monitor"
require_relative "gatepost/version"
require_relative "gatepost/errors"
require_relative "gatepost/configuration"
require_relative "gatepost/connections"
require_relative "gatepost/attempts"
require_relative "gatepost/transport"
require_relative "gatepost/message"
require_relative "gatepost/receipt"
require_relative "gatepost/records"
require_relative "gatepost/publisher"
require_relative "gatepost/token"
require_relative "gatepost/turbo_stream"
require_relative "gatepost/targets"
require_relative "gatepost/webhook"
require_relative "gatepost/client"

# Notifications for the users of an application. A user is a name (String, Symbol or Integer), or what configuration.user_name makes a
# name of: a record's id. Any thread, and any process that was forked.
#
# What cannot be done raises a Gatepost::Error: Denied, Invalid, Full, Unavailable.
module Gatepost
  autoload :NotifyJob, "gatepost/notify_job"
  autoload :Testing, "gatepost/testing"

  @lock = Monitor.new

  class << self
    extend Forwardable

    # notify(users, body, **options): returns a Receipt once Gatepost has the message safely. body: a String, or a Hash or an Array, which
    #   arrive as JSON. Options: id (the same id is the same message, whoever sends it again; one is made where none is given),
    #   once (never sent twice under this name), collapse (takes the place of the last one with this key), ttl (seconds),
    #   if_full: :skip, history: false, persistent: false, headers, content_type, inbox.
    # turbo(users, partial:, locals:, action: :append, target: "notifications", ...): a Turbo Stream; options as of notify.
    # withdraw(user, id): takes a message back that is not done; whether there was one.
    # audience(name), everyone, online: many at once.
    # presence(users): a Hash from name to Presence. online?(user).
    # sign_out(user): ends the sessions, and nothing counts any more that was signed before now. Gives how many sessions end.
    # erase(user): Gatepost forgets the user.
    # history(user, order: :newest): Stored messages, waiting and done, fetched as they are asked for. unread(user): how many.
    # token(user, expires_in: seconds), session(user): what a page needs to connect.
    def_delegators :client, :notify, :turbo, :withdraw, :audience, :everyone, :online, :presence, :online?, :sign_out, :erase,
                   :history, :unread, :token, :session

    # Yields the Configuration, before the first call.
    def configure
      @lock.synchronize do
        yield configuration
        renew
      end
      nil
    end

    def configuration
      @configuration || @lock.synchronize { @configuration ||= Configuration.new }
    end

    def client
      @client || @lock.synchronize { @client ||= Client.new(configuration, **{ transport: @transport }.compact) }
    end

    # What answers instead of Gatepost, as Testing does; nil: Gatepost again.
    def transport=(transport)
      @lock.synchronize do
        @transport = transport
        renew
      end
    end

    # notify by a job of Active Job, which goes on trying; what set takes (wait, queue, ...) stands in job.
    def notify_later(users, body, job: {}, **options)
      raise Misconfigured, "notify_later: expected Active Job" unless defined?(::ActiveJob::Base)

      options[:id] ||= SecureRandom.uuid unless options[:persistent] == false
      options[:ttl] = options[:ttl].to_i if options[:ttl]
      Message.new(body, **options) # what is wrong with it is said here
      NotifyJob.set(**job).perform_later(client.names(users), body, options)
    end

    # The Event of a request that Gatepost has signed; raises Untrusted. It may come again: its id says so.
    def webhook(request, secrets: configuration.webhook_secrets)
      Webhook.new(Array(secrets)).event(request)
    end

    private

    def renew
      @client&.transport&.close
      @client = nil
    end
  end
end

require_relative "gatepost/engine" if defined?(Rails::Engine)

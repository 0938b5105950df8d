# frozen_string_literal: true

require "cgi"

module Gatepost
  # A Turbo Stream: what it does to the page, to which of its elements, and with what.
  class TurboStream
    TYPE = "text/vnd.turbo-stream.html"
    OPTIONS = %i[action target targets partial locals html].freeze
    # Those without a template.
    BARE = %w[remove refresh].freeze

    # Gives the options of the stream, and those of the message.
    def self.split(options)
      [options.slice(*OPTIONS), options.except(*OPTIONS)]
    end

    # action: append, prepend, replace, update, before, after, remove or refresh; target: an element's id; targets: a CSS selector
    def initialize(action: :append, target: nil, targets: nil, html: nil, **partial)
      @action = action.to_s
      @target = target || ("notifications" unless targets || @action == "refresh")
      @targets = targets
      @html = html
      @partial = partial
    end

    def render(configuration)
      attributes = { action: @action, target: @target, targets: @targets }.compact
      opening = attributes.map { |name, value| %( #{name}="#{CGI.escapeHTML(value.to_s)}") }.join
      "<turbo-stream#{opening}>#{template(configuration)}</turbo-stream>"
    end

    private

    def template(configuration)
      return "" if BARE.include?(@action)
      raise ArgumentError, "expected partial: or html:" unless @partial[:partial] || @html

      "<template>#{@html || renderer(configuration).render(**@partial, formats: [:html])}</template>"
    end

    def renderer(configuration)
      configuration.renderer || (defined?(::ApplicationController) && ::ApplicationController.renderer) ||
        raise(Misconfigured, "nothing renders partials: expected Rails' ApplicationController, or renderer")
    end
  end
end

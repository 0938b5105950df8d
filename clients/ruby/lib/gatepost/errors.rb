# frozen_string_literal: true

module Gatepost
  # What Gatepost, or the way to it, has against a call.
  class Error < StandardError
    # The status of the answer; nil where there was none.
    attr_reader :status
    # The place of the request that cannot be used, such as "to.users[1]"; nil where no single place is to blame.
    attr_reader :field
    # Of a message to several users: what has become of it at each of them.
    attr_reader :receipt

    def initialize(message = nil, status: nil, field: nil, receipt: nil)
      super(message)
      @status = status
      @field = field
      @receipt = receipt
    end
  end

  # The settings do not suffice for the call.
  class Misconfigured < Error; end

  # The account may not do that, or (status 401) its password or token is not taken.
  class Denied < Error; end

  # The request is wrong; sent again it would be wrong again.
  class Invalid < Error; end

  # It contradicts what is there: another body under the same id, or a page of a history that was emptied meanwhile.
  class Conflict < Invalid; end

  # There is no message under this id, or no such call.
  class NotFound < Invalid; end

  # As much waits in the user's inbox as may; if_full: :skip drops the message instead.
  class Full < Error; end

  # A webhook that is not Gatepost's, is too old, or cannot be read.
  class Untrusted < Error; end

  # It is not known whether it was done, or it was not and may be later. The call was tried again for as long as retry_for says.
  class Unavailable < Error
    # Seconds after which Gatepost wants to hear of it again, or nil.
    attr_reader :retry_after

    # sent: whether Gatepost may have the request; again: whether it is worth another attempt
    def initialize(message = nil, retry_after: nil, sent: true, again: true, **rest)
      super(message, **rest)
      @retry_after = retry_after
      @sent = sent
      @again = again
    end

    def sent?
      @sent
    end

    def again?
      @again
    end
  end
end

ENV["RAILS_ENV"] ||= "test"
require_relative "../config/environment"
require "rails/test_help"

class ActiveSupport::TestCase
  User = Struct.new(:id)

  # As fixtures would.
  def users(name)
    User.new({ alice: 1, bob: 2 }.fetch(name))
  end
end

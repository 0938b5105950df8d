require "test_helper"

class OrderTest < ActiveSupport::TestCase
  include Gatepost::Testing::Assertions

  test "who has ordered is told" do
    Order.create!(user: users(:alice)).ship

    assert_notified users(:alice), /is on its way/
    refute_notified users(:bob)
  end
end

# Without a database.
class Order
  attr_reader :user

  def self.create!(user:)
    new(user: user)
  end

  def initialize(user:)
    @user = user
  end

  def ship
    Gatepost.notify(user, "Your order is on its way")
  end
end

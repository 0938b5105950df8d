# In place of one that mails: a user who has not read is told here.
class Mailer
  def self.missed(user)
    new(user)
  end

  def initialize(user)
    @user = user
  end

  def deliver_later
    Gatepost.notify("mailed", @user)
  end
end

# In place of one that mails: writes down whom.
class Mailer
  def self.missed(user)
    new(user)
  end

  def initialize(user)
    @user = user
  end

  def deliver_later
    File.write(Rails.root.join("tmp/mailed"), "#{@user}\n", mode: "a")
  end
end

# Puma forks after this, and so with a connection that is the parent's.
Rails.application.config.after_initialize do
  Gatepost.notify("started", "the application has started") if ENV["STARTED"]
end

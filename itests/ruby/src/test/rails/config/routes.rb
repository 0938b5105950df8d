Rails.application.routes.draw do
  post "/orders", to: "orders#create"
  post "/hooks", to: "hooks#create"
end

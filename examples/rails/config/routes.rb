Rails.application.routes.draw do
  root "notices#index"
  %w[create comment announce join sign_out_everywhere hook].each { |act| post "/#{act}", to: "notices##{act}" }
end

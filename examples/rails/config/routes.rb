Rails.application.routes.draw do
  resource :inbox, only: :show do
    get :token
  end
end

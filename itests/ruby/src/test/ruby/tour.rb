require "gatepost"

Gatepost.notify(42, "Your order is on its way")
Gatepost.notify([42, 43], { title: "Lunch", url: "/lunch" }, ttl: 3600, if_full: :skip)

project = Gatepost.audience("project-7")
project.add(42, 43)
project.notify("A new comment")
Gatepost.everyone.notify("Maintenance at ten")

Gatepost.online?(42)
Gatepost.history(42).first(10).map(&:body)
Gatepost.sign_out(42)

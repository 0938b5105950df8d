require "gatepost"

Gatepost.notify(42, "Hello")

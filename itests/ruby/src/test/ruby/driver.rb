# frozen_string_literal: true

# An application in Ruby that does what each line of its input says, and answers each with a line of JSON: what came of it, or the
# error, {"error": ..., "message": ..., "status": ..., "field": ...}. It ends with its input.
require "gatepost"
require "json"

$stdout.sync = true
$stdin.each_line do |line|
  puts JSON.generate({ value: TOPLEVEL_BINDING.eval(line) })
rescue Gatepost::Error => e
  puts JSON.generate({ error: e.class.name, message: e.message, status: e.status, field: e.field })
end

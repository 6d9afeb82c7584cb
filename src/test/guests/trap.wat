;; Traps at once, three calls deep: the names of the functions belong in the log.
(module
  (memory (export "memory") 1)
  (func $innermost unreachable)
  (func $middle (call $innermost))
  (func $start (export "_start") (call $middle)))

;; Grows its memory until it is refused, then traps: the log names the limit.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $next (br_if $next (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
    unreachable))

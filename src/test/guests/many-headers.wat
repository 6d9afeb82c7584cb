;; 40,000 header fields in as few bytes as they can have.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\19\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a")
  (data (i32.const 64) "a:\0aa:\0aa:\0aa:\0a")
  (data (i32.const 128) "\0ahello\0a")
  (func $write (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (local $times i32)
    (call $write (i32.const 32) (i32.const 25))
    (loop $next
      (call $write (i32.const 64) (i32.const 12))
      (local.set $times (i32.add (local.get $times) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $times) (i32.const 10000))))
    (call $write (i32.const 128) (i32.const 7))))

;; A start section that calls no host function: it sets a global that the answer shows.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\24\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0astarted 0\0a")
  (global $started (mut i32) (i32.const 0))
  (func $begin (global.set $started (i32.add (global.get $started) (i32.const 1))))
  (start $begin)
  (func (export "_start")
    (i32.store8 (i32.const 50) (i32.add (i32.const 48) (global.get $started)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

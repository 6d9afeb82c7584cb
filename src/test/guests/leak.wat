;; Writes how often this memory and this global have been used before: always 0, or a request saw
;; another one.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $uses (mut i32) (i32.const 0))
  (data (i32.const 0) "\20\00\00\00\27\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0amemory 0 g 0\0a")
  (func (export "_start")
    ;; The digits of the text itself are the counters.
    (i32.store8 (i32.const 69) (i32.add (i32.const 48) (global.get $uses)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (global.set $uses (i32.add (global.get $uses) (i32.const 1)))
    (i32.store8 (i32.const 65)
      (i32.add (i32.load8_u (i32.const 65)) (i32.const 1)))))

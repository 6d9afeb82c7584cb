;; A reactor: _initialize has to run before the handler, which is no _start (entrypoint = "handle").
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\28\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0ainitialized 0\0a")
  (global $initialized (mut i32) (i32.const 0))
  (func (export "_initialize")
    (global.set $initialized (i32.add (global.get $initialized) (i32.const 1))))
  (func (export "handle")
    (i32.store8 (i32.const 54) (i32.add (i32.const 48) (global.get $initialized)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

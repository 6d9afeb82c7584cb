;; 4 MiB on standard error in lines of 64 bytes, then an answer: more than the log takes, no reason to fail.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\27\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0alogged a lot\0a")
  (data (i32.const 128) "stderr line ...................................................\0a")
  (data (i32.const 192) "stderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0astderr line ...................................................\0a")
  (func $write (param $fd i32) (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (local $kilobytes i32)
    (loop $next
      (call $write (i32.const 2) (i32.const 128) (i32.const 1024))
      (local.set $kilobytes (i32.add (local.get $kilobytes) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $kilobytes) (i32.const 4096))))
    (call $write (i32.const 1) (i32.const 32) (i32.const 39))))

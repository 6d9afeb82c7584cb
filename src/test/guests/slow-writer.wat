;; An answer in five pieces with 100 ms of sleep before each: it streams.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\1a\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0a")
  (data (i32.const 128) "piece 0\0a")
  ;; A subscription at 1024: kind 0 (clock) at +8, clock 1 (monotonic) at +16, time-out at +24.
  (func $sleep (param $nanoseconds i64)
    (i32.store (i32.const 1040) (i32.const 1))
    (i64.store (i32.const 1048) (local.get $nanoseconds))
    (drop (call $poll_oneoff
      (i32.const 1024) (i32.const 1088) (i32.const 1) (i32.const 1120))))
  (func (export "_start")
    (local $n i32)
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 0) (i32.const 128))
    (i32.store (i32.const 4) (i32.const 8))
    (loop $next
      (call $sleep (i64.const 100000000))
      ;; The digit of "piece 0".
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (i32.store8 (i32.const 134) (i32.add (i32.const 48) (local.get $n)))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 5))))))

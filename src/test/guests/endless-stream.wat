;; A line every 10 ms for ever, until a write fails: for time-outs, write limits and clients that leave.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\1a\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0a")
  (data (i32.const 128) "tick\0a")
  ;; A subscription at 1024: kind 0 (clock) at +8, clock 1 (monotonic) at +16, time-out at +24.
  (func $sleep (param $nanoseconds i64)
    (i32.store (i32.const 1040) (i32.const 1))
    (i64.store (i32.const 1048) (local.get $nanoseconds))
    (drop (call $poll_oneoff
      (i32.const 1024) (i32.const 1088) (i32.const 1) (i32.const 1120))))
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 0) (i32.const 128))
    (i32.store (i32.const 4) (i32.const 5))
    (loop $next
      (call $sleep (i64.const 10000000))
      (br_if $next
        (i32.eqz (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))))

;; Sleeps an hour, then another, with 1 MiB of memory: what a leak of guests would look like.
(module
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 16)
  ;; A subscription at 1024: kind 0 (clock) at +8, clock 1 (monotonic) at +16, time-out at +24.
  (func (export "_start")
    (loop $again
      (i32.store (i32.const 1040) (i32.const 1))
      (i64.store (i32.const 1048) (i64.const 3600000000000))
      (drop (call $poll_oneoff
        (i32.const 1024) (i32.const 1088) (i32.const 1) (i32.const 1120)))
      (br $again))))

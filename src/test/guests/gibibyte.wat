;; A header block, then 1 GiB: 16384 blocks of 64 KiB, each of which begins with its number. Traps where a write is short.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "\10\00\00\00\28\00\00\00")
  (data (i32.const 16) "content-type: application/octet-stream\0a\0a")
  (func $write (param $length i32)
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
    (if (i32.ne (i32.load (i32.const 8)) (local.get $length)) (then unreachable)))
  (func (export "_start") (local $block i32)
    (call $write (i32.const 40))
    (i32.store (i32.const 0) (i32.const 65536))
    (i32.store (i32.const 4) (i32.const 65536))
    (loop $next
      (i32.store (i32.const 65536) (local.get $block))
      (call $write (i32.const 65536))
      (local.set $block (i32.add (local.get $block) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $block) (i32.const 16384))))))

;; A header block and 128 KiB of body, then a trap: more than is held back, so the head is on its way
;; and the connection has to be cut.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\1a\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0a")
  (func (export "_start")
    (local $pages i32)
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    ;; An iovec: address 4096, length 4096, all zero bytes.
    (i32.store (i32.const 0) (i32.const 4096))
    (i32.store (i32.const 4) (i32.const 4096))
    (loop $next
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (local.set $pages (i32.add (local.get $pages) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $pages) (i32.const 32))))
    unreachable))

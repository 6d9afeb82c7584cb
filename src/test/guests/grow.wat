;; Grows its memory by 1 MiB until it is refused, then answers: a refusal is no failure.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\20\00\00\00\30\00\00\00")
  (data (i32.const 32) "content-type: text/plain\0a\0arefused at 0000 pages\0a")
  (func (export "_start")
    (local $pages i32) (local $digit i32)
    (loop $next (br_if $next (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
    ;; Four hexadecimal digits, the last at 32+26+14.
    (local.set $pages (memory.size))
    (local.set $digit (i32.const 72))
    (loop $digits
      (i32.store8 (local.get $digit)
        (i32.load8_u (i32.add (i32.const 256) (i32.and (local.get $pages) (i32.const 15)))))
      (local.set $pages (i32.shr_u (local.get $pages) (i32.const 4)))
      (local.set $digit (i32.sub (local.get $digit) (i32.const 1)))
      (br_if $digits (i32.ge_u (local.get $digit) (i32.const 69))))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (data (i32.const 256) "0123456789abcdef"))

;; Grows its table by a million entries again and again until it is refused, then answers.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\22\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0arefused\0a")
  (table $t 1 funcref)
  (func (export "_start")
    (loop $next
      (br_if $next (i32.ne (table.grow $t (ref.null func) (i32.const 1000000)) (i32.const -1))))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

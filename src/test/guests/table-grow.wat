;; Grows its table by one and answers with the size before: always 1.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\22\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0atable 0\0a")
  (table $t 1 funcref)
  (func (export "_start")
    (i32.store8 (i32.const 48)
      (i32.add (i32.const 48) (table.grow $t (ref.null func) (i32.const 1))))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

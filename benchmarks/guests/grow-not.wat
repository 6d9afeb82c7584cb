;; What grow.wat does, without growing.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 16 64)
  (data (i32.const 16) "Content-Type: text/plain\n\nhello world\n")
  (func (export "_start")
    (i32.store (i32.const 0xf0000) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (i32.const 38))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

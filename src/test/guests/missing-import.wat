;; Imports a function that nobody has; fd_write is the nearest.
(module
  (import "wasi_snapshot_preview1" "fd_wirte"
    (func $fd_wirte (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $fd_wirte (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

;; Hello with the imports of the older ABI, wasi_unstable.
(module
  (import "wasi_unstable" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\33\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0ahello from wasi_unstable\0a")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

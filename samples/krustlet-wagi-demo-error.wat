;; The error of the 2021 pod manifest: a status in lower case, a body without ceremony.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; An iovec: address 16, length 48.
  (data (i32.const 0) "\10\00\00\00\30\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0astatus: 404\0a\0aNot Found\0a")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

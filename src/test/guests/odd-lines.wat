;; A line without colon and one with an invalid name: both are ignored, the answer stands.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\3e\00\00\00")
  (data (i32.const 16) "HTTP/1.1 200 OK\0ax color: blue\0acontent-type: text/plain\0a\0ahello\0a")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

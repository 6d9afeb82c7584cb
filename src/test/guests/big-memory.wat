;; Needs 512 MiB (8192 pages) from its start, twice the default limit: refused at load.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 8192)
  (data (i32.const 0) "\10\00\00\00\1e\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0abig\0a")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

;; Says its version twice, and between the two all its variables: what one answer says must agree.
;; The benchmark puts a version in place of 000000.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get"
    (func $environ_get (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "\40\00\00\00\2b\00\00\00\00\10\00\00\00\00\00\00\80\00\00\00\10\00\00\00")
  (data (i32.const 64) "Content-Type: text/plain\0a\0aversion = 000000\0a")
  (data (i32.const 128) "\0aagain = 000000\0a")
  (func (export "_start")
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 28)))
    (drop (call $environ_get (i32.const 1024) (i32.const 4096)))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 3) (i32.const 8)))))

;; Takes a little of everything: a page of memory, a file, 16 bytes of error output, 99 of header, 5 of body.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "note")
  (data (i32.const 96) "an error, maybe\0a")
  (data (i32.const 128) "content-type: text/plain\0ax-long: ................................................................\0a\0adone\0a")
  (func $write (param $fd i32) (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (drop (memory.grow (i32.const 1)))
    (drop
      (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4)
        (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
    (call $write (i32.const 2) (i32.const 96) (i32.const 16))
    (call $write (i32.const 1) (i32.const 128) (i32.const 104))))

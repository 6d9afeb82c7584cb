;; Two patterns that match the same path: the later one wins. CRLF and empty lines are fine.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\27\00\00\00")
  (data (i32.const 16) "/one/... first\0d\0a\0d\0a/one/two/... second\0d\0a")
  (func (export "_routes")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start"))
  (func $answer (param $name i32)
    (i32.store (i32.const 0) (i32.const 256))
    (i32.store (i32.const 4) (i32.const 28))
    (i32.store8 (i32.const 282) (local.get $name))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (data (i32.const 256) "content-type: text/plain\0a\0a?\0a")
  (func (export "first") (call $answer (i32.const 49)))
  (func (export "second") (call $answer (i32.const 50))))

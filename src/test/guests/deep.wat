;; Nests ten thousand calls and comes back, which WAGI's 512 KiB of stack allow.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func $deeper (param $left i32) (result i32)
    (if (result i32) (local.get $left)
      (then (i32.add (call $deeper (i32.sub (local.get $left) (i32.const 1))) (i32.const 1)))
      (else (i32.const 0))))
  (func (export "_start")
    (call $exit (i32.ne (call $deeper (i32.const 10000)) (i32.const 10000)))))

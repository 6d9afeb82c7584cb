;; The smallest module: a few lines of WebAssembly text, served as they are, without a build.
;;
;; A module answers by writing to standard output: header lines, one empty line, then the body.
;; It needs three things for that: the host's fd_write, a memory exported as "memory" (the host
;; reads the text from there), and a function exported as "_start".
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $iovs i32) (param $count i32) (param $written i32)
      (result i32)))

  (memory (export "memory") 1)

  ;; At 0: an iovec (address 16, length 38). At 8: fd_write stores how many bytes it wrote.
  (data (i32.const 0) "\10\00\00\00\26\00\00\00")
  (data (i32.const 16) "content-type: text/plain\0a\0ahello world\0a")

  (func (export "_start")
    ;; 1 is standard output. The error code is of no use here: nobody could be told.
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))

;; Leaves a canary, 0xCA, wherever it can, and ends in one of four ways; `scan` looks for it.
;; Only memory and globals: an instance of this is used again.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2 8)
  (data (i32.const 4090) "0123456789abcdef")
  (data (i32.const 131064) "the end.")
  (global $small (mut i32) (i32.const 1))
  (global $large (mut i64) (i64.const 2))
  (global $float (mut f64) (f64.const 3))

  ;; A store at the end of every other card reaches seven bytes into the card after it.
  (func $poison (local $at i32) (local $end i32)
    (drop (memory.grow (i32.const 3)))
    (drop (memory.grow (i32.const 3)))
    (local.set $end (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 8)))
    (local.set $at (i32.const 4095))
    (loop $cards
      (i64.store (local.get $at) (i64.const 0xCACACACACACACACA))
      (local.set $at (i32.add (local.get $at) (i32.const 8192)))
      (br_if $cards (i32.lt_u (local.get $at) (local.get $end))))
    (i64.store (local.get $end) (i64.const 0xCACACACACACACACA))
    (i32.store8 (i32.const 4096) (i32.const 0xCA))
    (i32.store16 (i32.const 20000) (i32.const 0xCACA))
    (i32.store (i32.const 30000) (i32.const 0xCACACACA))
    (f32.store (i32.const 40000) (f32.const -6.5e6))
    (f64.store (i32.const 50000) (f64.const -1e50))
    (memory.fill (i32.const 60000) (i32.const 0xCA) (i32.const 9000))
    (memory.copy (i32.const 100000) (i32.const 60000) (i32.const 9000))
    (global.set $small (i32.const 0xCA))
    (global.set $large (i64.const 0xCA))
    (global.set $float (f64.const 0xCA)))

  ;; Whether all bytes of the range are zero.
  (func $zeros (param $from i32) (param $to i32) (result i32)
    (block $no
      (loop $bytes
        (br_if $no (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br_if $bytes (i32.lt_u (local.get $from) (local.get $to))))
      (return (i32.const 1)))
    (i32.const 0))

  (func $clean (result i32)
    (i32.eq (memory.size) (i32.const 2))
    (call $zeros (i32.const 0) (i32.const 4090))
    (i64.eq (i64.load (i32.const 4090)) (i64.const 0x3736353433323130))
    (i64.eq (i64.load (i32.const 4098)) (i64.const 0x6665646362613938))
    (call $zeros (i32.const 4106) (i32.const 131064))
    (i64.eq (i64.load (i32.const 131064)) (i64.const 0x2e646e6520656874))
    (drop (memory.grow (i32.const 6)))
    (i32.eq (memory.size) (i32.const 8))
    (call $zeros (i32.const 131072) (i32.const 524288))
    (i32.eq (global.get $small) (i32.const 1))
    (i64.eq (global.get $large) (i64.const 2))
    (f64.eq (global.get $float) (f64.const 3))
    i32.and i32.and i32.and i32.and i32.and i32.and i32.and i32.and i32.and i32.and)

  (func (export "scan") (local $clean i32)
    (local.set $clean (call $clean))
    (i32.store (i32.const 0) (i32.const 8))
    (i32.store (i32.const 4) (i32.const 5))
    ;; "clean" or "found"
    (i64.store (i32.const 8)
      (select (i64.const 0x6e61656c63) (i64.const 0x646e756f66) (local.get $clean)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))

  (func (export "return") (call $poison))
  (func (export "exit") (call $poison) (call $proc_exit (i32.const 7)))
  (func (export "trap") (call $poison) unreachable)
  (func (export "deadline") (call $poison) (loop $for_ever (br $for_ever))))

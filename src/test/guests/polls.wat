;; One function for each shape of loop. Called by `warm-NAME` it is compiled and ends; called by
;; NAME it would not end within a year, so that only the poll can stop it.
(module
  (memory (export "memory") 2)
  (table 2 funcref)
  (elem (i32.const 0) $inc $dec)
  (type $step (func (param i64) (result i64)))
  (global $sum (mut i64) (i64.const 0))

  (func $inc (type $step) (i64.add (local.get 0) (i64.const 1)))
  (func $dec (type $step) (i64.sub (local.get 0) (i64.const 1)))

  (func $counting (param $n i64)
    (loop $again
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  ;; Counts in 32 bits, as compilers like best.
  (func $ints (param $n i64) (local $i i32) (local $end i32)
    (local.set $end
      (select (i32.const 2000000000) (i32.wrap_i64 (local.get $n))
        (i64.gt_s (local.get $n) (i64.const 2000000000))))
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_s (local.get $i) (local.get $end))))
      (local.set $n (i64.sub (local.get $n) (i64.const 2000000000)))
      (br_if $outer (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $loads (param $n i64) (local $x i64)
    (loop $again
      (local.set $x (i64.add (local.get $x)
        (i64.load (i32.and (i32.wrap_i64 (local.get $n)) (i32.const 0xfff8)))))
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0))))
    (global.set $sum (local.get $x)))

  ;; What it waits for is loaded from the same place again and again, and never comes.
  (func $spin (param $n i64)
    (i64.store (i32.const 8) (i64.const 0))
    (loop $again
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again
        (i32.and
          (i64.eqz (i64.load (i32.const 8)))
          (i64.gt_s (local.get $n) (i64.const 0))))))

  (func $stores (param $n i64)
    (loop $again
      (i64.store (i32.and (i32.wrap_i64 (local.get $n)) (i32.const 0xfff8)) (local.get $n))
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $globals (param $n i64)
    (loop $again
      (global.set $sum (i64.add (global.get $sum) (local.get $n)))
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $nested (param $n i64) (local $i i64)
    (loop $outer
      (local.set $i (i64.const 1000))
      (loop $inner
        (local.set $i (i64.sub (local.get $i) (i64.const 1)))
        (br_if $inner (i64.gt_s (local.get $i) (i64.const 0))))
      (local.set $n (i64.sub (local.get $n) (i64.const 1000)))
      (br_if $outer (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $table (param $n i64)
    (block $out
      (loop $again
        (local.set $n (i64.sub (local.get $n) (i64.const 1)))
        (br_table $out $again (i64.gt_s (local.get $n) (i64.const 0))))))

  (func $calls (param $n i64)
    (loop $again
      (local.set $n (call $dec (local.get $n)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $indirect (param $n i64)
    (loop $again
      (local.set $n
        (call_indirect (type $step) (local.get $n)
          (i32.ne (i32.const 3) (i32.and (i32.wrap_i64 (local.get $n)) (i32.const 3)))))
      (local.set $n (i64.sub (local.get $n) (i64.const 2)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  ;; A tree of calls without any loop.
  (func $tree (param $depth i64) (result i64)
    (if (result i64) (i64.le_s (local.get $depth) (i64.const 1))
      (then (i64.const 1))
      (else (i64.add
        (call $tree (i64.sub (local.get $depth) (i64.const 1)))
        (call $tree (i64.sub (local.get $depth) (i64.const 2)))))))
  (func $recursion (param $n i64)
    (drop (call $tree
      (select (i64.const 90) (i64.const 12) (i64.gt_s (local.get $n) (i64.const 1000000000))))))

  (func $fill (param $n i64)
    (loop $again
      (memory.fill (i32.const 1) (i32.wrap_i64 (local.get $n)) (i32.const 131000))
      (local.set $n (i64.sub (local.get $n) (i64.const 131000)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  (func $copy (param $n i64)
    (loop $again
      (memory.copy (i32.const 9) (i32.const 0) (i32.const 131000))
      (local.set $n (i64.sub (local.get $n) (i64.const 131000)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0)))))

  (func (export "empty") (loop $again (br $again)))
  ;; It cannot be warmed without ending by the deadline, which is what warms it.
  (func (export "warm-empty"))

  (func (export "counting") (call $counting (i64.const 0x3fffffffffffffff)))
  (func (export "warm-counting") (local $i i32)
    (loop $again
      (call $counting (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $counting (i64.const 20000000)))

  (func (export "ints") (call $ints (i64.const 0x3fffffffffffffff)))
  (func (export "warm-ints") (local $i i32)
    (loop $again
      (call $ints (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $ints (i64.const 20000000)))

  (func (export "loads") (call $loads (i64.const 0x3fffffffffffffff)))
  (func (export "warm-loads") (local $i i32)
    (loop $again
      (call $loads (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $loads (i64.const 20000000)))

  (func (export "spin") (call $spin (i64.const 0x3fffffffffffffff)))
  (func (export "warm-spin") (local $i i32)
    (loop $again
      (call $spin (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $spin (i64.const 20000000)))

  (func (export "stores") (call $stores (i64.const 0x3fffffffffffffff)))
  (func (export "warm-stores") (local $i i32)
    (loop $again
      (call $stores (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $stores (i64.const 20000000)))

  (func (export "globals") (call $globals (i64.const 0x3fffffffffffffff)))
  (func (export "warm-globals") (local $i i32)
    (loop $again
      (call $globals (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $globals (i64.const 20000000)))

  (func (export "nested") (call $nested (i64.const 0x3fffffffffffffff)))
  (func (export "warm-nested") (local $i i32)
    (loop $again
      (call $nested (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $nested (i64.const 20000000)))

  (func (export "table") (call $table (i64.const 0x3fffffffffffffff)))
  (func (export "warm-table") (local $i i32)
    (loop $again
      (call $table (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $table (i64.const 20000000)))

  (func (export "calls") (call $calls (i64.const 0x3fffffffffffffff)))
  (func (export "warm-calls") (local $i i32)
    (loop $again
      (call $calls (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $calls (i64.const 20000000)))

  (func (export "indirect") (call $indirect (i64.const 0x3fffffffffffffff)))
  (func (export "warm-indirect") (local $i i32)
    (loop $again
      (call $indirect (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $indirect (i64.const 20000000)))

  (func (export "recursion") (call $recursion (i64.const 0x3fffffffffffffff)))
  (func (export "warm-recursion") (local $i i32)
    (loop $again
      (call $recursion (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $recursion (i64.const 20000000)))

  (func (export "fill") (call $fill (i64.const 0x3fffffffffffffff)))
  (func (export "warm-fill") (local $i i32)
    (loop $again
      (call $fill (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $fill (i64.const 20000000)))

  (func (export "copy") (call $copy (i64.const 0x3fffffffffffffff)))
  (func (export "warm-copy") (local $i i32)
    (loop $again
      (call $copy (i64.const 1000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12000))))
    (call $copy (i64.const 20000000))))

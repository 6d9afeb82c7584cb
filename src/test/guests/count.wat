;; A loop that a compiler can count: it ends after some tenths of a second.
(module
  (memory (export "memory") 1)
  (func (export "_start") (local $i i32) (local $sum i32)
    (loop $next
      (local.set $sum
        (i32.add (i32.mul (local.get $sum) (i32.const 31)) (local.get $i)))
      (br_if $next
        (i32.lt_s
          (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (i32.const 500000000))))
    (i32.store (i32.const 0) (local.get $sum))))

;; Has vectors without any vector instruction.
(module
  (memory (export "memory") 1)
  (global $a (mut v128) (v128.const i64x2 1 2))
  (global $b (mut v128) (v128.const i64x2 3 4))
  (func (export "_start") (global.set $a (global.get $b))))

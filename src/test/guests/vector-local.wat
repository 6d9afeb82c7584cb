;; Has a vector in a local only.
(module
  (memory (export "memory") 1)
  (func (export "_start") (local v128) (drop (local.get 0))))

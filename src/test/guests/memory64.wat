;; A memory with 64-bit addresses: refused at load.
(module
  (memory (export "memory") i64 1)
  (func (export "_start")))

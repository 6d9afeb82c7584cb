;; Exports neither _start nor any other function.
(module
  (memory (export "memory") 1))

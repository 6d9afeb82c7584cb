;; _routes prints nothing, which it must.
(module
  (memory (export "memory") 1)
  (func (export "_routes"))
  (func (export "_start")))

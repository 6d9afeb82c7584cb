;; Begins with all the memory that addresses reach.
(module (memory (export "memory") 65536) (func (export "_start")))

;; An entrypoint that wants a parameter: nobody could give it one.
(module
  (memory (export "memory") 1)
  (func (export "_start") (param i32)))

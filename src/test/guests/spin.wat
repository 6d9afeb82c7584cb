;; An application for an older Spin: it exports a handler, and no _start.
(module
  (func (export "handle-http-request"))
  (memory 1))

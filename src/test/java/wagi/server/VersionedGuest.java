package wagi.server;

/** A module that says which version it is, and shows its environment, which says so too. */
final class VersionedGuest {
  private VersionedGuest() {}

  static String text(int version) {
    String constant = String.format("CODE=%06d;", version);
    return """
        (module
          (import "wasi_snapshot_preview1" "fd_write"
            (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get"
            (func $sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_get"
            (func $environ (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 16) "content-type: text/plain\\0a\\0a%s")
          (func (export "_start")
            (drop (call $sizes (i32.const 200) (i32.const 204)))
            (drop (call $environ (i32.const 1024) (i32.const 8192)))
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (i32.const %d))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 208)))
            (i32.store (i32.const 0) (i32.const 8192))
            (i32.store (i32.const 4) (i32.load (i32.const 204)))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 208)))))
        """
        .formatted(constant, 26 + constant.length());
  }

  /** The version that answered; -1 when code and environment are not of the same. */
  static int version(String body) {
    int code = number(body, "CODE=");
    return code == number(body, "VERSION=") ? code : -1;
  }

  private static int number(String body, String name) {
    int start = body.indexOf(name);
    if (start < 0) {
      return -2;
    }
    int from = start + name.length();
    int end = from;
    while (end < body.length() && Character.isDigit(body.charAt(end))) {
      end++;
    }
    return end == from ? -2 : Integer.parseInt(body.substring(from, end));
  }
}

package wagi.wasi;

/** What a file is. */
enum Filetype {
  UNKNOWN(0),
  BLOCK_DEVICE(1),
  CHARACTER_DEVICE(2),
  DIRECTORY(3),
  REGULAR_FILE(4),
  SOCKET_DGRAM(5),
  SOCKET_STREAM(6),
  SYMBOLIC_LINK(7);

  private final int code;

  Filetype(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}

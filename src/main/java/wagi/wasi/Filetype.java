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

  /** Reads the type in a mode of the host; that of a FIFO has no name here. */
  static Filetype ofMode(int mode) {
    return switch (mode & 0170000) {
      case 0020000 -> CHARACTER_DEVICE;
      case 0040000 -> DIRECTORY;
      case 0060000 -> BLOCK_DEVICE;
      case 0100000 -> REGULAR_FILE;
      case 0120000 -> SYMBOLIC_LINK;
      case 0140000 -> SOCKET_STREAM;
      default -> UNKNOWN;
    };
  }

  int code() {
    return code;
  }
}

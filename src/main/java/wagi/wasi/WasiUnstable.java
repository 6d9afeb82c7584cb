package wagi.wasi;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;

/**
 * The interface before preview 1, which modules of 2019 import. Four functions differ in what their
 * bytes mean; those are adapted here, the others are the same.
 */
public final class WasiUnstable {
  private static final int FILESTAT_SIZE = 56;
  private static final long MAX_LINKS = 0xffff_ffffL;

  private static final Map<String, Syscall> ADAPTED =
      Map.of(
          "fd_seek", WasiUnstable::seek,
          "fd_filestat_get", WasiUnstable::fdFilestatGet,
          "path_filestat_get", WasiUnstable::pathFilestatGet,
          "poll_oneoff", (g, a) -> PollFunctions.oneoff(g, a, Subscription.UNSTABLE));

  private WasiUnstable() {}

  public static HostModule module() {
    List<HostFunction> functions =
        WasiPreview1.shared().stream().map(WasiUnstable::adapted).toList();
    return new WasiModule("wasi_unstable", functions);
  }

  private static HostFunction adapted(HostFunction function) {
    Syscall adapted = ADAPTED.get(function.name());
    return adapted == null ? function : Syscall.function(function.name(), function.type(), adapted);
  }

  // The same three, in another order.
  private static Errno seek(Guest guest, long[] a) throws IOException, ErrnoException {
    return switch ((int) a[2]) {
      case 0 -> FdTransfers.seek(guest, a, Whence.CUR);
      case 1 -> FdTransfers.seek(guest, a, Whence.END);
      case 2 -> FdTransfers.seek(guest, a, Whence.SET);
      default -> Errno.EINVAL;
    };
  }

  private static Errno fdFilestatGet(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[1], FILESTAT_SIZE);
    write(FdFunctions.filestat(guest, (int) a[0]), guest.memory(), (int) a[1]);
    return Errno.ESUCCESS;
  }

  private static Errno pathFilestatGet(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[4], FILESTAT_SIZE);
    write(PathFunctions.filestat(guest, a), guest.memory(), (int) a[4]);
    return Errno.ESUCCESS;
  }

  /**
   * Writes the structure of this version.
   *
   * <pre>
   * 0 u64 dev | 8 u64 ino | 16 u8 type | 20 u32 nlink | 24 u64 size | 32 u64 atim | 40 mtim | 48 ctim
   * </pre>
   */
  private static void write(FileStatus status, GuestMemory memory, int to) {
    memory.writeLong(to, status.device());
    memory.writeLong(to + 8, status.inode());
    memory.writeI32(to + 16, status.type().code());
    memory.writeI32(to + 20, (int) Math.min(status.links(), MAX_LINKS));
    memory.writeLong(to + 24, status.size());
    memory.writeLong(to + 32, status.times().access());
    memory.writeLong(to + 40, status.times().modification());
    memory.writeLong(to + 48, status.times().change());
  }
}

package wagi.wasi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.jspecify.annotations.Nullable;

/** The error codes of WASI, and what Linux calls the same. */
enum Errno {
  ESUCCESS(0, 0),
  E2BIG(1, 7),
  EACCES(2, 13),
  EADDRINUSE(3, 98),
  EADDRNOTAVAIL(4, 99),
  EAFNOSUPPORT(5, 97),
  EAGAIN(6, 11),
  EALREADY(7, 114),
  EBADF(8, 9),
  EBADMSG(9, 74),
  EBUSY(10, 16),
  ECANCELED(11, 125),
  ECHILD(12, 10),
  ECONNABORTED(13, 103),
  ECONNREFUSED(14, 111),
  ECONNRESET(15, 104),
  EDEADLK(16, 35),
  EDESTADDRREQ(17, 89),
  EDOM(18, 33),
  EDQUOT(19, 122),
  EEXIST(20, 17),
  EFAULT(21, 14),
  EFBIG(22, 27),
  EHOSTUNREACH(23, 113),
  EIDRM(24, 43),
  EILSEQ(25, 84),
  EINPROGRESS(26, 115),
  EINTR(27, 4),
  EINVAL(28, 22),
  EIO(29, 5),
  EISCONN(30, 106),
  EISDIR(31, 21),
  ELOOP(32, 40),
  EMFILE(33, 24),
  EMLINK(34, 31),
  EMSGSIZE(35, 90),
  EMULTIHOP(36, 72),
  ENAMETOOLONG(37, 36),
  ENETDOWN(38, 100),
  ENETRESET(39, 102),
  ENETUNREACH(40, 101),
  ENFILE(41, 23),
  ENOBUFS(42, 105),
  ENODEV(43, 19),
  ENOENT(44, 2),
  ENOEXEC(45, 8),
  ENOLCK(46, 37),
  ENOLINK(47, 67),
  ENOMEM(48, 12),
  ENOMSG(49, 42),
  ENOPROTOOPT(50, 92),
  ENOSPC(51, 28),
  ENOSYS(52, 38),
  ENOTCONN(53, 107),
  ENOTDIR(54, 20),
  ENOTEMPTY(55, 39),
  ENOTRECOVERABLE(56, 131),
  ENOTSOCK(57, 88),
  ENOTSUP(58, 95),
  ENOTTY(59, 25),
  ENXIO(60, 6),
  EOVERFLOW(61, 75),
  EOWNERDEAD(62, 130),
  EPERM(63, 1),
  EPIPE(64, 32),
  EPROTO(65, 71),
  EPROTONOSUPPORT(66, 93),
  EPROTOTYPE(67, 91),
  ERANGE(68, 34),
  EROFS(69, 30),
  ESPIPE(70, 29),
  ESRCH(71, 3),
  ESTALE(72, 116),
  ETIMEDOUT(73, 110),
  ETXTBSY(74, 26),
  EXDEV(75, 18),
  ENOTCAPABLE(76, -1);

  private static final @Nullable Errno[] BY_LINUX = new @Nullable Errno[132];

  static {
    for (Errno errno : values()) {
      if (errno.linux >= 0) {
        BY_LINUX[errno.linux] = errno;
      }
    }
  }

  private final int code;
  private final int linux;

  /** A code's number here, and Linux's for the same; -1 for what Linux does not know. */
  Errno(int code, int linux) {
    this.code = code;
    this.linux = linux;
  }

  int code() {
    return code;
  }

  /** Returns the code's name, or its number if it is none of these. */
  static String text(long code) {
    for (Errno errno : values()) {
      if (errno.code == code) {
        return errno.name();
      }
    }
    return Long.toString(code);
  }

  /** Returns the code for a number of Linux. */
  static Errno ofLinux(int number) {
    Errno found = number > 0 && number < BY_LINUX.length ? BY_LINUX[number] : null;
    if (found == EMFILE) {
      // The server has no descriptors left; EMFILE would say that it is this guest.
      return ENFILE;
    }
    return found == null ? EIO : found;
  }

  /** Returns the code for a failure of the host's file system. */
  static Errno of(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e -> ENOENT;
      case AccessDeniedException e -> EACCES;
      case FileAlreadyExistsException e -> EEXIST;
      case NotDirectoryException e -> ENOTDIR;
      case NotLinkException e -> EINVAL;
      case FileSystemLoopException e -> ELOOP;
      case FileSystemException e -> ofReason(e.getReason() == null ? "" : e.getReason());
      default -> EIO;
    };
  }

  // The JDK has no types for these; it passes on the system's words.
  private static Errno ofReason(String reason) {
    return switch (reason) {
      case "File name too long" -> ENAMETOOLONG;
      case "Is a directory" -> EISDIR;
      case "Not a directory" -> ENOTDIR;
      case "Operation not permitted" -> EPERM;
      case "Too many levels of symbolic links" -> ELOOP;
      case "Too many open files", "Too many open files in system" -> ENFILE;
      default -> reason.startsWith("Too many levels of symbolic links") ? ELOOP : EIO;
    };
  }
}

package wagi.wasi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

/** The error codes of WASI. */
enum Errno {
  ESUCCESS(0),
  E2BIG(1),
  EACCES(2),
  EADDRINUSE(3),
  EADDRNOTAVAIL(4),
  EAFNOSUPPORT(5),
  EAGAIN(6),
  EALREADY(7),
  EBADF(8),
  EBADMSG(9),
  EBUSY(10),
  ECANCELED(11),
  ECHILD(12),
  ECONNABORTED(13),
  ECONNREFUSED(14),
  ECONNRESET(15),
  EDEADLK(16),
  EDESTADDRREQ(17),
  EDOM(18),
  EDQUOT(19),
  EEXIST(20),
  EFAULT(21),
  EFBIG(22),
  EHOSTUNREACH(23),
  EIDRM(24),
  EILSEQ(25),
  EINPROGRESS(26),
  EINTR(27),
  EINVAL(28),
  EIO(29),
  EISCONN(30),
  EISDIR(31),
  ELOOP(32),
  EMFILE(33),
  EMLINK(34),
  EMSGSIZE(35),
  EMULTIHOP(36),
  ENAMETOOLONG(37),
  ENETDOWN(38),
  ENETRESET(39),
  ENETUNREACH(40),
  ENFILE(41),
  ENOBUFS(42),
  ENODEV(43),
  ENOENT(44),
  ENOEXEC(45),
  ENOLCK(46),
  ENOLINK(47),
  ENOMEM(48),
  ENOMSG(49),
  ENOPROTOOPT(50),
  ENOSPC(51),
  ENOSYS(52),
  ENOTCONN(53),
  ENOTDIR(54),
  ENOTEMPTY(55),
  ENOTRECOVERABLE(56),
  ENOTSOCK(57),
  ENOTSUP(58),
  ENOTTY(59),
  ENXIO(60),
  EOVERFLOW(61),
  EOWNERDEAD(62),
  EPERM(63),
  EPIPE(64),
  EPROTO(65),
  EPROTONOSUPPORT(66),
  EPROTOTYPE(67),
  ERANGE(68),
  EROFS(69),
  ESPIPE(70),
  ESRCH(71),
  ESTALE(72),
  ETIMEDOUT(73),
  ETXTBSY(74),
  EXDEV(75),
  ENOTCAPABLE(76);

  private final int code;

  Errno(int code) {
    this.code = code;
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

package wagi.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A volume by chance, and where a path in it leads, said as plainly as it can be said. */
final class VolumeModel {
  private static final int MAX_LINKS = 40;
  private static final int DEPTH = 4;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "..x", "...", "\u00e9 e");

  /** What stands at a place. */
  sealed interface Node {}

  record Dir(Path at, Map<String, Node> entries) implements Node {}

  record TextFile(Path at) implements Node {}

  record Link(Path at, String target) implements Node {}

  private final SplittableRandom random;
  private final Dir root;

  /** Builds it. Some links lead out. */
  VolumeModel(Path box, SplittableRandom random) throws IOException {
    this.random = random;
    root = directory(box, 0);
  }

  private Dir directory(Path at, int depth) throws IOException {
    Files.createDirectory(at);
    Map<String, Node> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      String name = any(NAMES);
      Path path = at.resolve(name);
      if (entries.containsKey(name)) {
        continue;
      }
      int kind = random.nextInt(5);
      if (kind < 2) {
        String target = target(at);
        Files.createSymbolicLink(path, Path.of(target));
        entries.put(name, new Link(path, target));
      } else if (kind < 4 && depth < DEPTH) {
        entries.put(name, directory(path, depth + 1));
      } else {
        Files.writeString(path, path.toString());
        entries.put(name, new TextFile(path));
      }
    }
    return new Dir(at, entries);
  }

  private String target(Path at) {
    return switch (random.nextInt(10)) {
      case 0 -> at.resolve(any(NAMES)).toString();
      case 1 ->
          "../".repeat(random.nextInt(1, 5)) + "outside" + (random.nextBoolean() ? "" : "/secret");
      default -> {
        String path = path().replaceAll("//+", "/").replaceAll("(?<=.)/$", "");
        yield path.isEmpty() ? "." : path;
      }
    };
  }

  /** Returns a path that a guest might ask for. */
  String path() {
    if (random.nextInt(30) == 0) {
      return List.of("", "/", "/a", "/etc/passwd", "../outside/secret", "..")
          .get(random.nextInt(6));
    }
    List<String> components = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int kind = random.nextInt(12);
      components.add(kind < 9 ? any(NAMES) : List.of("..", ".", "..").get(kind - 9));
    }
    String between = random.nextInt(10) == 0 ? "//" : "/";
    return String.join(between, components) + (random.nextInt(8) == 0 ? "/" : "");
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Returns the node that a path leads to, or the reason why it leads nowhere. */
  Node find(String path, boolean follow) throws ErrnoException {
    if (path.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT);
    }
    return new Walk().walk(path, follow);
  }

  private final class Walk {
    private final List<Dir> entered = new ArrayList<>(List.of(root));
    private int links;

    private Node walk(String path, boolean follow) throws ErrnoException {
      if (path.startsWith("/")) {
        throw new ErrnoException(Errno.EPERM);
      }
      Node here = entered.getLast();
      String[] components = path.split("/", -1);
      for (int i = 0; i < components.length; i++) {
        here = step(here, components[i]);
        boolean last = i == components.length - 1;
        if (here instanceof Link(_, String target) && (follow || !last)) {
          if (++links > MAX_LINKS) {
            throw new ErrnoException(Errno.ELOOP);
          }
          here = walk(target, true);
        }
        if (here instanceof Dir directory && !entered.getLast().at().equals(directory.at())) {
          entered.add(directory);
        }
      }
      return here;
    }

    private Node step(Node from, String name) throws ErrnoException {
      if (!(from instanceof Dir directory)) {
        throw new ErrnoException(Errno.ENOTDIR);
      }
      if (name.isEmpty() || name.equals(".")) {
        return directory;
      }
      if (name.equals("..")) {
        entered.removeLast();
        if (entered.isEmpty()) {
          throw new ErrnoException(Errno.EPERM);
        }
        return entered.getLast();
      }
      Node found = directory.entries().get(name);
      if (found == null) {
        throw new ErrnoException(Errno.ENOENT);
      }
      return found;
    }
  }
}

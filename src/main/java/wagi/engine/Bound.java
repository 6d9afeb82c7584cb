package wagi.engine;

/** A limit that a guest is held to without ending for it. */
public enum Bound {
  /** Growing was refused. */
  MEMORY,
  /** Growing was refused, since all guests together have what they may have of the heap. */
  HEAP,
  /** Growing was refused, since no other guest left as much and most of its module's fail. */
  NEW_MEMORY,
  /** More error output is dropped. */
  STDERR,
  /** Opening was refused. */
  OPEN_FILES,
  /** It waits, since so many guests of its module live. */
  CONCURRENCY,
  /** It waits, since its module has its share of all places for guests. */
  GUESTS,
  /** It waits, since guests of its module, which computes long, have the places for such. */
  BACKGROUND;

  /** Returns whether it is what each guest of the module may have, whatever others have. */
  boolean isOfTheModule() {
    return switch (this) {
      case MEMORY, NEW_MEMORY, STDERR, OPEN_FILES -> true;
      case HEAP, CONCURRENCY, GUESTS, BACKGROUND -> false;
    };
  }

  /** Returns for the log what was bound, how far it may go and what raises that. */
  public String words(Limits limits) {
    return switch (this) {
      case MEMORY ->
          "was refused memory beyond " + limits.memoryBytes() + " bytes; limits.memory raises it";
      case HEAP ->
          "was refused memory: all guests have "
              + MemoryBudget.ALLOCATED_PERCENT
              + " % of the heap, the most; -Xmx raises it";
      case NEW_MEMORY ->
          "was refused memory that no guest before it left: most guests of its module fail, and"
              + " making it stops all others; this is fixed";
      case STDERR ->
          "wrote more than "
              + limits.stderrBytes()
              + " bytes of error output, the rest is dropped; limits.stderr raises it";
      case OPEN_FILES ->
          "was refused a file beyond "
              + limits.openFiles()
              + " open at once; limits.open_files raises it";
      case CONCURRENCY ->
          "has all its guests, "
              + limits.concurrency()
              + ", and more requests wait; limits.concurrency raises it";
      case GUESTS -> "has its share of all guests, and more requests wait; server.guests raises it";
      case BACKGROUND ->
          "computes long, such a module may have "
              + Lane.BACKGROUND_MAX
              + " guests and all such "
              + Places.BACKGROUND_MAX
              + ", and more requests wait; this is fixed";
    };
  }
}

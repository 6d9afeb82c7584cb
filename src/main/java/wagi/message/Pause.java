package wagi.message;

/** Hears when a writer has to wait for its client, on the writer's thread. */
public interface Pause {
  /** Nobody needs to know. */
  Pause IGNORED =
      new Pause() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
      };

  void begin();

  void end();
}

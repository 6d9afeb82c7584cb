package wagi.engine;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Runs guests on the calling thread, one after the other, as a guest thread does. */
final class DirectRuns implements AutoCloseable {
  private final Engine engine;

  DirectRuns(List<HostModule> hosts) {
    engine = new Engine(new EngineSettings(1, 1, hosts, null));
  }

  GuestModule load(byte[] wasm, Instances instances) throws ModuleRefusedException {
    return engine.load(instances.name(), wasm, Guests.LIMITS, instances);
  }

  /** Returns what the guest said, and then how it ended. */
  Answer run(GuestModule module, String entrypoint, int choice) {
    Invocation invocation =
        new Invocation(
            entrypoint, List.of(Integer.toString(choice)), List.of(), Input.EMPTY, List.of());
    Hearing sink = new Hearing();
    Guest guest =
        new Guest(
            module.name(), invocation, module.limits(), sink, new TestGuests.CountingPermit());
    Outcome outcome = module.run(guest);
    guest.finish();
    guest.close();
    return new Answer(sink.heard.toByteArray(), outcome);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by what is in it
  record Answer(byte[] said, Outcome outcome) {
    boolean same(Answer other) {
      return java.util.Arrays.equals(said, other.said) && outcome.equals(other.outcome);
    }
  }

  private static final class Hearing implements Sink {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
      heard.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
      heard.write(bytes, offset, length);
    }

    @Override
    public void waiting() {}

    @Override
    public void ended(Outcome outcome) {}
  }

  @Override
  public void close() {
    engine.close();
  }
}

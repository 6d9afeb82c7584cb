package wagi.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import run.endive.wasm.types.MemoryLimits;

/** Guests without a module, for tests of host functions. They belong to the calling thread. */
public final class TestGuests {
  private TestGuests() {}

  /** Lets the guest compute whenever it wants to. */
  public static final class CountingPermit implements Permit {
    public int left;
    public int rejoined;

    @Override
    public void leave() {
      left++;
    }

    @Override
    public void leaveToGrow(int wanted) {
      leave();
    }

    @Override
    public boolean isRationed() {
      return false;
    }

    @Override
    public void rejoin() {
      rejoined++;
    }

    @Override
    public void giveWay() {}
  }

  /** Remembers what the guest said. */
  public static final class RecordingSink implements Sink {
    public final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    public final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    public int waits;
    public boolean clientGone;

    @Override
    public void stdout(byte[] bytes, int offset, int length) throws IOException {
      if (clientGone) {
        throw new IOException("client gone");
      }
      stdout.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
      stderr.write(bytes, offset, length);
    }

    @Override
    public void waiting() {
      waits++;
    }

    @Override
    public void ended(Outcome outcome) {}
  }

  public static Guest guest(Invocation invocation, int openFiles, Sink sink, int pages) {
    Limits limits =
        new Limits(
            Duration.ofSeconds(30),
            1,
            Duration.ofSeconds(1),
            1 << 20,
            1 << 20,
            1 << 20,
            openFiles,
            1 << 20,
            1);
    Guest guest = new Guest("test", invocation, limits, sink, new CountingPermit());
    guest.use(new GuestMemory(new MemoryLimits(pages, pages), MemoryBudget.ofHeap()));
    return guest;
  }

  /** Asks the guest to end, as a deadline does. */
  public static void stop(Guest guest) {
    guest.stop(new Outcome.Cancelled());
  }

  /** Ends the guest as the engine does: no interrupt is left, attachments are closed. */
  public static void end(Guest guest) {
    guest.finish();
    guest.close();
  }

  /** Returns the exit code if that is how this exception unwinds a guest, else -1. */
  public static int exitCode(RuntimeException unwinding) {
    return unwinding instanceof GuestExit exit ? exit.code : -1;
  }

  public static boolean isStopped(RuntimeException unwinding) {
    return unwinding instanceof GuestStopped;
  }
}

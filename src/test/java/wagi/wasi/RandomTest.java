package wagi.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import wagi.engine.Guest;
import wagi.engine.HostFunction;
import wagi.engine.TestGuests;

final class RandomTest {
  private static final HostFunction RANDOM_GET =
      WasiScript.function(WasiPreview1.module(), "random_get");

  @Test
  void everyByteOfALargeRequestIsFilled() {
    Guest guest = Calls.guest(4);
    byte[] memory = guest.memory().array();
    assertEquals(Errno.ESUCCESS.code(), call(guest, 1, 200_001));
    assertEquals(0, memory[0]);
    assertEquals(0, memory[200_002]);
    int[] counts = new int[256];
    for (int i = 1; i <= 200_001; i++) {
      counts[memory[i] & 0xff]++;
    }
    assertTrue(Arrays.stream(counts).allMatch(n -> n > 600 && n < 1000), Arrays.toString(counts));
  }

  @Test
  void blocksNeverRepeatAlsoAcrossThreadsAndSeeds() throws InterruptedException {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Runnable draw =
        () -> {
          KeystreamRandom random = new KeystreamRandom();
          byte[] bytes = new byte[1000];
          for (int i = 0; i < 3000; i++) {
            random.fill(bytes, 0, bytes.length);
            assertTrue(seen.add(HexFormat.of().formatHex(bytes, 0, 16)));
          }
        };
    Thread other = Thread.ofPlatform().start(draw);
    draw.run();
    other.join();
    assertEquals(6000, seen.size());
  }

  @Test
  void nothingIsWrittenOutOfBounds() {
    Guest guest = Calls.guest(1);
    assertEquals(Errno.EFAULT.code(), call(guest, 65_535, 2));
    assertEquals(Errno.EFAULT.code(), call(guest, 0, 65_537));
    assertEquals(Errno.EFAULT.code(), call(guest, 0, -1));
    assertEquals(Errno.EFAULT.code(), call(guest, -1, 1));
    assertEquals(Errno.EFAULT.code(), call(guest, 0x8000_0000L, 0x8000_0000L));
    assertEquals(0, guest.memory().read(65_535));
    assertEquals(Errno.ESUCCESS.code(), call(guest, 65_536, 0));
  }

  @Test
  void aStoppedGuestGetsNoMore() {
    Guest guest = Calls.guest(1);
    TestGuests.stop(guest);
    RuntimeException end = assertThrows(RuntimeException.class, () -> call(guest, 0, 1000));
    assertTrue(TestGuests.isStopped(end));
    assertTrue(Thread.interrupted());
    assertEquals(0, guest.memory().readLong(0));
  }

  private static long call(Guest guest, long address, long length) {
    return RANDOM_GET.call().call(guest, new long[] {address, length});
  }
}

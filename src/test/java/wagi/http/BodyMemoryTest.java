package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BodyMemoryTest {
  private final BodyMemory memory = new BodyMemory(100);
  private final BodyMemory.Share one = memory.new Share();
  private final BodyMemory.Share other = memory.new Share();

  @Test
  void bodiesBeginUntilAllIsTaken() {
    assertTrue(one.begin(60));
    assertFalse(other.begin(41));
    assertTrue(other.begin(40));
    assertEquals(100, memory.bytes());
  }

  @Test
  void bodiesGrowUntilHalfIsTaken() {
    assertTrue(one.begin(10));
    assertTrue(one.grow(40));
    assertFalse(other.grow(1));
    assertTrue(other.begin(1));
    assertFalse(one.grow(1));
  }

  @Test
  void allIsGivenBackOnce() {
    assertTrue(one.begin(60));
    one.shrinkTo(20);
    one.shrinkTo(70);
    assertEquals(20, memory.bytes());
    one.close();
    one.close();
    assertEquals(0, memory.bytes());
    assertFalse(one.begin(1));
  }
}

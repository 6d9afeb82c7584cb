package wagi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes inputs out of examples: bytes are changed, left out, doubled, moved, and parts of one
 * example and words come into another.
 *
 * @param examples what the code under test knows how to read
 * @param words what means something to it
 */
public record Mutated(List<byte[]> examples, List<byte[]> words) implements Fuzz.Input {
  private static final int MOST_CHANGES = 6;
  private static final int MOST_REPETITIONS = 3000;
  private static final int LARGEST = 200_000;
  private static final int[] BORDERS = {0, 1, 0x0a, 0x0d, 0x20, 0x7e, 0x7f, 0x80, 0xc0, 0xfe, 0xff};

  public Mutated {
    examples = List.copyOf(examples);
    words = List.copyOf(words);
  }

  /** Examples and words of one char a byte. */
  public static Mutated texts(List<String> examples, List<String> words) {
    return new Mutated(
        examples.stream().map(text -> text.getBytes(ISO_8859_1)).toList(),
        words.stream().map(text -> text.getBytes(ISO_8859_1)).toList());
  }

  @Override
  public byte[] generate(SplittableRandom random) {
    byte[] bytes = any(examples, random);
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + length(random));
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    return switch (random.nextInt(10)) {
      case 0 -> replaced(bytes, from, to, new byte[0]);
      case 1, 2 -> replaced(bytes, from, from, any(words, random));
      case 3 -> replaced(bytes, from, to, any(words, random));
      case 4 -> repeated(bytes, from, part, random);
      case 5 -> spliced(bytes, from, any(examples, random), random);
      case 6 -> Arrays.copyOf(bytes, from);
      case 7 -> replaced(bytes, from, to, noise(part.length, random));
      case 8 -> oneChanged(bytes, b -> BORDERS[random.nextInt(BORDERS.length)], random);
      default -> oneChanged(bytes, b -> b ^ (1 << random.nextInt(8)), random);
    };
  }

  /** Mostly short. */
  private static int length(SplittableRandom random) {
    return random.nextInt(1 << (1 + random.nextInt(8)));
  }

  private static byte[] oneChanged(
      byte[] bytes, java.util.function.IntUnaryOperator change, SplittableRandom random) {
    byte[] other = bytes.clone();
    if (other.length > 0) {
      int at = random.nextInt(other.length);
      other[at] = (byte) change.applyAsInt(other[at]);
    }
    return other;
  }

  private static byte[] repeated(byte[] bytes, int at, byte[] part, SplittableRandom random) {
    int times = random.nextInt(8) == 0 ? random.nextInt(MOST_REPETITIONS) : random.nextInt(4);
    int fitting = Math.min(times, LARGEST / (part.length + 1));
    byte[] many = new byte[part.length * fitting];
    for (int i = 0; i < many.length; i++) {
      many[i] = part[i % part.length];
    }
    return replaced(bytes, at, at, many);
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] other, SplittableRandom random) {
    int from = random.nextInt(other.length + 1);
    int to = random.nextBoolean() ? other.length : Math.min(other.length, from + length(random));
    return replaced(bytes, at, at, Arrays.copyOfRange(other, from, to));
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] result = new byte[Math.min(LARGEST, bytes.length - (to - from) + by.length)];
    System.arraycopy(bytes, 0, result, 0, Math.min(from, result.length));
    int inserted = Math.min(by.length, result.length - Math.min(from, result.length));
    System.arraycopy(by, 0, result, Math.min(from, result.length), inserted);
    int rest = Math.max(0, result.length - from - by.length);
    if (rest > 0) {
      System.arraycopy(bytes, to, result, from + by.length, rest);
    }
    return result;
  }

  /** Returns bytes of all values. */
  public static byte[] noise(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] any(List<byte[]> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }
}

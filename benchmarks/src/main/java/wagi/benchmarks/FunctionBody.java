package wagi.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Makes up code entries of functions {@code (i32, i32) -> i32}: five locals, and statements that
 * compute, load, store, branch, switch, loop, and call functions made before.
 */
final class FunctionBody {
  private static final int LOCALS = 5;
  private static final int STATEMENTS = 14;
  private static final int[] OPERATORS = {
    0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x48, 0x4b
  };
  private static final int I32 = 0x7f;
  private static final int VOID = 0x40;
  private static final int BLOCK = 0x02;
  private static final int LOOP = 0x03;
  private static final int IF = 0x04;
  private static final int END = 0x0b;
  private static final int BR_IF = 0x0d;
  private static final int BR_TABLE = 0x0e;
  private static final int CALL = 0x10;
  private static final int GET = 0x20;
  private static final int SET = 0x21;
  private static final int LOAD = 0x28;
  private static final int STORE = 0x36;
  private static final int CONST = 0x41;
  private static final int AND = 0x71;
  private static final int ADD = 0x6a;

  private final Random random;
  private final int firstIndex;
  private int made;
  private ByteArrayOutputStream code = new ByteArrayOutputStream();

  FunctionBody(Random random, int firstIndex) {
    this.random = random;
    this.firstIndex = firstIndex;
  }

  /** Returns the next function's entry of the code section, its length first. */
  byte[] next() {
    code = new ByteArrayOutputStream();
    emit(1, LOCALS - 2, I32);
    for (int i = 0; i < STATEMENTS; i++) {
      statement(true);
    }
    emit(GET, local(), END);
    made++;
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(LargeModule.leb(code.size()));
    entry.writeBytes(code.toByteArray());
    return entry.toByteArray();
  }

  private void statement(boolean nested) {
    switch (random.nextInt(nested ? 8 : 5)) {
      case 0, 1 -> emit(GET, local(), GET, local(), operator(), SET, local());
      case 2 -> constant();
      case 3 -> {
        address();
        emit(LOAD, 2, random.nextInt(64), SET, local());
      }
      case 4 -> {
        address();
        emit(GET, local(), STORE, 2, random.nextInt(64));
      }
      case 5 -> {
        emit(GET, local(), IF, VOID);
        statement(false);
        emit(END);
      }
      case 6 -> loop();
      default -> callOrSwitch();
    }
  }

  private void constant() {
    emit(CONST);
    code.writeBytes(LargeModule.leb(random.nextInt(1 << 13)));
    emit(GET, local(), operator(), SET, local());
  }

  /** Leaves an aligned address of the first page. */
  private void address() {
    emit(GET, local(), CONST, 0xfc, 0x07, AND);
  }

  /** Ends when the counter, which only grows here, has a low bit pattern. */
  private void loop() {
    int counter = local();
    emit(LOOP, VOID);
    statement(false);
    emit(GET, counter, CONST, 1, ADD, SET, counter);
    emit(GET, counter, CONST, 7, AND, BR_IF, 0, END);
  }

  private void callOrSwitch() {
    if (made > 0 && random.nextBoolean()) {
      emit(GET, local(), GET, local(), CALL);
      code.writeBytes(LargeModule.leb(firstIndex + random.nextInt(made)));
      emit(SET, local());
      return;
    }
    emit(BLOCK, VOID, BLOCK, VOID, BLOCK, VOID);
    emit(GET, local(), BR_TABLE, 2, 0, 1, 2, END);
    statement(false);
    emit(END);
    statement(false);
    emit(END);
  }

  private int local() {
    return random.nextInt(LOCALS);
  }

  private int operator() {
    return OPERATORS[random.nextInt(OPERATORS.length)];
  }

  private void emit(int... bytes) {
    for (int b : bytes) {
      code.write(b);
    }
  }
}

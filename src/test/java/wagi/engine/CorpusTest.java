package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every guest there is answers the same, whatever makes the engine fast. */
final class CorpusTest {
  private static final String FINISHING = "wagi.engine.finishing";

  /** Runs the compiler's classes as they are. */
  private static final OwnWorld UNFINISHED = OwnWorld.unchanged();

  @BeforeAll
  static void switchFinishingOffElsewhere() {
    System.setProperty(FINISHING, "off");
    try {
      String answer = UNFINISHED.answer(Corpus.class, "answers", "exit-zero", "POOLED");
      assertTrue(answer.contains("Exited[code=0]"), answer);
      assertFalse(UNFINISHED.hasLoaded(CodeFinishing.class));
    } finally {
      System.clearProperty(FINISHING);
    }
  }

  @TestFactory
  Stream<DynamicTest> finishedCodeAnswersAsTheCompilersDoes() throws IOException {
    return Corpus.names().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () ->
                        assertEquals(
                            UNFINISHED.answer(Corpus.class, "answers", name, "POOLED"),
                            Corpus.answers(name, "POOLED"))));
  }

  @TestFactory
  Stream<DynamicTest> reusedInstancesAnswerAsFreshOnesDo() throws IOException {
    return Corpus.names().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () ->
                        assertEquals(
                            Corpus.answers(name, "FRESH"), Corpus.answers(name, "POOLED"))));
  }
}

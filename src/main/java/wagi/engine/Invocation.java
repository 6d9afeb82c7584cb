package wagi.engine;

import java.util.List;

/**
 * One run of a guest: which function to call and what the guest finds.
 *
 * @param preopens in the order of their descriptors, from 3
 */
public record Invocation(
    String entrypoint,
    List<String> arguments,
    Environment environment,
    Input stdin,
    List<Preopen> preopens) {
  public Invocation(
      String entrypoint,
      List<String> arguments,
      List<String> environment,
      Input stdin,
      List<Preopen> preopens) {
    this(entrypoint, arguments, Environment.of(environment), stdin, preopens);
  }
}

package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.DynamicTest;

/** What a client sends after its preface and settings. */
interface Http2Attack {
  void run(Http2Client client) throws IOException;

  /** Expects the connection to end with this error, and others to be served all the same. */
  static DynamicTest ends(RunningServer server, String name, Http2Error error, Http2Attack attack) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (Http2Client client = new Http2Client(server.address)) {
            client.begin();
            try {
              attack.run(client);
            } catch (SocketException e) {
              // It has ended while we were still sending.
            }
            int code = client.goneWith();
            // Who sends without reading may find the connection reset before it sees why.
            boolean unseen = code == -1 && name.contains("flood");
            assertTrue(code == error.code || unseen, name + ": " + code);
          }
          try (Http2Client other = new Http2Client(server.address)) {
            assertEquals(200, other.begin().get(1, "/").answer(1).status());
          }
        });
  }
}

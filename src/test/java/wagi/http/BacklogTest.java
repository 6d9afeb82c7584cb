package wagi.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The queue of a listener before it closes. */
@EnabledOnOs(OS.LINUX)
final class BacklogTest {
  @Test
  void whoWaitsIsWaitedForAndNobodyJoins() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Socket early = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
      early.connect(address);
      CompletableFuture<Void> emptied = CompletableFuture.runAsync(() -> Backlog.empty(address));
      assertThrows(TimeoutException.class, () -> emptied.get(200, TimeUnit.MILLISECONDS));
      try (Socket late = new Socket()) {
        assertThrows(SocketTimeoutException.class, () -> late.connect(address, 100));
      }
      listener.accept().close();
      emptied.get(800, TimeUnit.MILLISECONDS);
      assertTrue(emptied.isDone());
    }
  }

  @Test
  void listenerOfAnotherAddressIsLeftAlone() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Socket client = new Socket()) {
      Backlog.empty(new InetSocketAddress("127.0.0.2", listener.getLocalPort()));
      client.connect(listener.getLocalSocketAddress(), 1_000);
      assertTrue(client.isConnected());
    }
  }
}

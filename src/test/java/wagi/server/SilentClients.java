package wagi.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say nothing, or next to nothing, and come back when they are closed. */
final class SilentClients implements AutoCloseable {
  private static final long BYTE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What the talkative ones say, a byte at a time. */
  private static final byte[] WORDS = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(US_ASCII);

  private final Selector selector = Selector.open();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::serve);
  private final AtomicInteger connected = new AtomicInteger();
  private volatile boolean stopped;

  /** One of them; what it says is a byte now and then, or nothing at all. */
  private static final class Client {
    private final InetSocketAddress address;
    private final boolean talks;
    private int said;

    Client(InetSocketAddress address, boolean talks) {
      this.address = address;
      this.talks = talks;
    }
  }

  SilentClients() throws IOException {}

  /** To be called before they start; every fourth talks a little if any may. */
  SilentClients of(InetSocketAddress address, int count, boolean talks) throws IOException {
    for (int i = 0; i < count; i++) {
      connect(new Client(address, talks && i % 4 == 0));
    }
    return this;
  }

  SilentClients start() {
    thread.start();
    return this;
  }

  int connected() {
    return connected.get();
  }

  private void connect(Client client) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    int interest = channel.connect(client.address) ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
    channel.register(selector, interest, client);
    if (interest == SelectionKey.OP_READ) {
      connected.incrementAndGet();
    }
  }

  private void serve() {
    try {
      long talked = System.nanoTime();
      while (!stopped) {
        selector.select(100);
        for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); ) {
          SelectionKey key = i.next();
          i.remove();
          look(key);
        }
        if (System.nanoTime() - talked > BYTE_EVERY_NANOS) {
          talked = System.nanoTime();
          talk();
        }
      }
    } catch (IOException e) {
      connected.set(Integer.MIN_VALUE / 2);
    }
  }

  private void look(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        connected.incrementAndGet();
        return;
      }
      if (channel.read(ByteBuffer.allocate(512)) >= 0) {
        return;
      }
    } catch (IOException e) {
      // It was closed with a reset: as good as any end.
    }
    if (channel.isConnected()) {
      connected.decrementAndGet();
    }
    channel.close();
    connect((Client) key.attachment());
  }

  private void talk() {
    for (SelectionKey key : selector.keys()) {
      Client client = (Client) key.attachment();
      if (client.talks && key.isValid() && ((SocketChannel) key.channel()).isConnected()) {
        say(client, (SocketChannel) key.channel());
      }
    }
  }

  private static void say(Client client, SocketChannel channel) {
    int next = client.said < WORDS.length ? WORDS[client.said++] : 'x';
    try {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) next}));
    } catch (IOException e) {
      client.said = 0; // the selector finds out, and connects anew
    }
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    Await.until("the silent clients are gone", () -> !thread.isAlive());
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}

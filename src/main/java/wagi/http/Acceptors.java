package wagi.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** The sockets that wait for connections. */
final class Acceptors {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptors.class);
  private static final int BACKLOG = 1024;

  private final XnioWorker worker;
  private final OptionMap options;
  private final List<AcceptingChannel<? extends StreamConnection>> open =
      new CopyOnWriteArrayList<>();

  /**
   * @param connections how many each may have at once
   */
  Acceptors(XnioWorker worker, int connections) {
    this.worker = worker;
    this.options =
        OptionMap.builder()
            .set(Options.REUSE_ADDRESSES, true)
            .set(Options.TCP_NODELAY, true)
            .set(Options.BACKLOG, BACKLOG)
            .set(Options.CONNECTION_HIGH_WATER, connections)
            .set(Options.CONNECTION_LOW_WATER, connections)
            .getMap();
  }

  /** Binds a socket, which accepts once it is told to. */
  AcceptingChannel<StreamConnection> bind(InetSocketAddress address, Listener listener)
      throws BindException {
    try {
      AcceptingChannel<StreamConnection> acceptor =
          worker.createStreamConnectionServer(
              address, channel -> accept(channel, listener), options);
      open.add(acceptor);
      return acceptor;
    } catch (IOException e) {
      throw cannotListen(address, e);
    }
  }

  private static BindException cannotListen(InetSocketAddress address, IOException cause) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    BindException failure =
        new BindException(
            "cannot listen on "
                + address.getHostString()
                + ":"
                + address.getPort()
                + ": "
                + (address.isUnresolved() ? "the host name is not known" : reason));
    failure.initCause(cause);
    return failure;
  }

  private static void accept(AcceptingChannel<StreamConnection> channel, Listener listener) {
    try {
      StreamConnection connection = channel.accept();
      if (connection != null) {
        new Opening(listener, connection).start();
      }
    } catch (ClosedChannelException e) {
      // It was closed since, and all that it had accepted are taken.
    } catch (IOException e) {
      LOG.warn("cannot accept a connection: {}", e.toString());
    }
  }

  /** Closes the one that is bound to this address, when it has let in whoever waits. */
  void finish(InetSocketAddress bound) {
    List<AcceptingChannel<? extends StreamConnection>> closing =
        open.stream()
            .filter(a -> bound.equals(a.getLocalAddress(InetSocketAddress.class)))
            .toList();
    letIn(closing);
    closing.forEach(IoUtils::safeClose);
    open.removeAll(closing);
  }

  /** Closes all, when they have let in whoever waits. */
  void finish() {
    letIn(open);
    close();
  }

  /**
   * Lets in whoever waits to be accepted, also those who wait for the cap on connections: closing
   * the listener would reset them.
   */
  private static void letIn(List<AcceptingChannel<? extends StreamConnection>> closing) {
    for (AcceptingChannel<? extends StreamConnection> acceptor : closing) {
      try {
        acceptor.setOption(Options.CONNECTION_HIGH_WATER, Integer.MAX_VALUE);
        acceptor.setOption(Options.CONNECTION_LOW_WATER, Integer.MAX_VALUE);
      } catch (IOException e) {
        LOG.debug("the cap on connections stays: {}", e.toString());
      }
      acceptor.resumeAccepts();
    }
    closing.forEach(a -> Backlog.empty(a.getLocalAddress(InetSocketAddress.class)));
  }

  void close() {
    open.forEach(IoUtils::safeClose);
    open.clear();
  }
}

package wagi.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells each listener in turn. */
final class LifecycleListeners implements LifecycleListener {
  private final List<LifecycleListener> all = new CopyOnWriteArrayList<>();

  void add(LifecycleListener listener) {
    all.add(listener);
  }

  @Override
  public void ready(String status) {
    all.forEach(listener -> listener.ready(status));
  }

  @Override
  public void reloading() {
    all.forEach(LifecycleListener::reloading);
  }

  @Override
  public void reloaded(String status, boolean changed) {
    all.forEach(listener -> listener.reloaded(status, changed));
  }

  @Override
  public void stopping() {
    all.forEach(LifecycleListener::stopping);
  }
}

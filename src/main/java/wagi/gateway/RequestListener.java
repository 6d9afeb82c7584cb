package wagi.gateway;

import wagi.message.Request;

/** Hears of requests as the gateway answers them; on guest or I/O threads, so it must not block. */
public interface RequestListener {
  /** Called before the request is routed. */
  void started(Request request);

  /** Called once for each request that started, after the answer has ended or was broken off. */
  void finished(Answered answered);
}

package wagi.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Status;

/** What {@code --dev} shows an author instead of the bare error: everything the log knows. */
final class ExplanationPage {
  private ExplanationPage() {}

  record Failure(
      ErrorAnswer answer,
      String requestId,
      String module,
      String route,
      String message,
      List<String> stderr) {}

  static Headers headers(Failure failure) {
    return Headers.builder()
        .add("Content-Type", "text/html; charset=utf-8")
        .add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .add("X-Request-Id", failure.requestId())
        .addAll(failure.answer().extra())
        .build();
  }

  static byte[] html(Failure failure) {
    int status = failure.answer().status();
    String title = status + " " + Status.reason(status);
    StringBuilder page = new StringBuilder(2048);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append("body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:3rem auto;")
        .append("padding:0 1rem;color:#222}\nh1{font-size:1.4rem}\ndt{color:#666}\n")
        .append("dd{margin:0 0 .6rem}\ndd,pre{font-family:ui-monospace,monospace}\n")
        .append("pre{background:#f4f4f4;padding:1rem;white-space:pre-wrap;")
        .append("overflow-wrap:anywhere}\n")
        .append("</style></head><body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n<p>The module ")
        .append(escape(failure.message()))
        .append(".</p>\n<dl>\n");
    entry(page, "module", failure.module());
    entry(page, "route", failure.route());
    entry(page, "request id", failure.requestId());
    page.append("</dl>\n<h2>Last lines of stderr</h2>\n<pre>")
        .append(failure.stderr().isEmpty() ? "(none)" : escape(String.join("\n", failure.stderr())))
        .append("</pre>\n<p>This page is shown because the server runs with --dev.</p>\n")
        .append("</body></html>\n");
    return page.toString().getBytes(UTF_8);
  }

  private static void entry(StringBuilder page, String term, String value) {
    page.append("<dt>").append(term).append("</dt><dd>").append(escape(value)).append("</dd>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

package wagi.cgi;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wagi.message.AddressText;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Target;
import wagi.route.HostPort;
import wagi.route.RouteMatch;

/**
 * The environment of one request: RFC 3875 section 4.1 with WAGI's own variables.
 *
 * <p>The order is that of this class, the request's headers in theirs, and the operator's variables
 * last. No name occurs twice.
 */
public final class CgiEnvironment {
  /** Neither the operator nor a client can give these. */
  static final Set<String> ALWAYS_OURS =
      Set.of(
          "AUTH_TYPE",
          "CONTENT_LENGTH",
          "CONTENT_TYPE",
          "GATEWAY_INTERFACE",
          "PATH_INFO",
          "PATH_TRANSLATED",
          "QUERY_STRING",
          "REMOTE_ADDR",
          "REMOTE_HOST",
          "REMOTE_USER",
          "REQUEST_METHOD",
          "SCRIPT_NAME",
          "SERVER_NAME",
          "SERVER_PORT",
          "SERVER_PROTOCOL",
          "SERVER_SOFTWARE",
          "X_FULL_URL",
          "X_MATCHED_ROUTE",
          "X_RAW_PATH_INFO",
          "HTTP_X_REQUEST_ID");

  /** Our names, what is constant, addresses, ports and numbers: less than half of this. */
  private static final int FIXED_CHARACTERS = 2048;

  /** So many of the variables are the target or made of a part of it. */
  private static final long TARGET_TIMES = 7;

  /** The host is in three variables. */
  private static final long HEADER_TIMES = 3;

  /** What a header gets before, after and between its name and value, and another of its name. */
  private static final int HEADER_CHARACTERS = 9;

  private final Request request;
  private final CgiSettings settings;
  private final List<String> entries = new ArrayList<>(48);

  private CgiEnvironment(Request request, CgiSettings settings) {
    this.request = request;
    this.settings = settings;
  }

  /** Returns entries {@code NAME=value}; none holds a NUL. */
  public static List<String> of(
      Request request, RouteMatch.Matched<?> match, CgiSettings settings) {
    CgiEnvironment environment = new CgiEnvironment(request, settings);
    environment.addRequest();
    environment.addPath(match);
    environment.addServer();
    environment.addClient();
    environment.addHeaders();
    environment.entries.addAll(settings.entries());
    return environment.entries;
  }

  /** Returns what the entries never exceed, with a zero after each; makes none of them. */
  public static long mostCharacters(
      Request request, RouteMatch.Matched<?> match, CgiSettings settings) {
    Target target = request.target();
    String query = target.query();
    String subject = request.connection().subject();
    long most = FIXED_CHARACTERS + settings.characters() + request.method().length();
    most += match.route().pattern().text().length();
    most += subject == null ? 0 : subject.length();
    most += TARGET_TIMES * (target.path().length() + (query == null ? 0L : query.length() + 1L));
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      int field = headers.name(i).length() + headers.value(i).length();
      most += HEADER_TIMES * (field + HEADER_CHARACTERS);
    }
    return most;
  }

  static String entry(String name, String value) {
    // The guest's C library would end the value at a NUL.
    String whole = value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
    return name + "=" + whole;
  }

  private void add(String name, String value) {
    entries.add(entry(name, value));
  }

  private void addUnlessGiven(String name, String value) {
    if (!settings.sets(name)) {
      add(name, value);
    }
  }

  private void addRequest() {
    String contentType = request.headers().first("Content-Type");
    String query = request.target().query();
    add("GATEWAY_INTERFACE", "CGI/1.1");
    add("SERVER_SOFTWARE", "WAGI/1");
    add("SERVER_PROTOCOL", request.protocol());
    add("REQUEST_METHOD", request.method());
    add("QUERY_STRING", query == null ? "" : query);
    add("CONTENT_LENGTH", Long.toString(request.body().length()));
    add("CONTENT_TYPE", contentType == null ? "" : HeaderText.decode(contentType));
    addUnlessGiven("REQUEST_URI", request.target().text());
  }

  private void addPath(RouteMatch.Matched<?> match) {
    add("SCRIPT_NAME", match.scriptName());
    add("PATH_INFO", match.pathInfo());
    add("PATH_TRANSLATED", match.pathInfo());
    add("X_RAW_PATH_INFO", match.rawPathInfo());
    add("X_MATCHED_ROUTE", match.route().pattern().text());
  }

  /**
   * The host is the Host header's, else the configured one, else the address the client reached.
   * The port is the first that is known of the same three.
   */
  private void addServer() {
    InetSocketAddress local = request.connection().local();
    String hostHeader = request.host();
    HostPort asked = hostHeader == null ? null : HostPort.parse(hostHeader);
    HostPort configured = settings.server();
    HostPort named = asked != null ? asked : configured;
    String host = named == null ? AddressText.inUrl(local) : named.host();
    int port = firstKnown(port(asked), port(configured), local.getPort());
    String scheme = request.connection().scheme();
    Target target = request.target();
    add("SERVER_NAME", host);
    add("SERVER_PORT", Integer.toString(port));
    add("X_FULL_URL", scheme + "://" + host + ":" + port + target.text());
    addUnlessGiven("SERVER_ADDR", AddressText.of(local));
    addUnlessGiven("REQUEST_SCHEME", scheme);
    if (scheme.equals("https")) {
      addUnlessGiven("HTTPS", "on");
    }
  }

  private static int port(@Nullable HostPort hostPort) {
    return hostPort == null ? 0 : hostPort.port();
  }

  private static int firstKnown(int asked, int configured, int local) {
    if (asked != 0) {
      return asked;
    }
    return configured != 0 ? configured : local;
  }

  private void addClient() {
    InetSocketAddress remote = request.connection().remote();
    String address = AddressText.of(remote);
    add("REMOTE_ADDR", address);
    add("REMOTE_HOST", address);
    String subject = request.connection().subject();
    add("REMOTE_USER", subject == null ? "" : subject);
    add("AUTH_TYPE", subject == null ? "" : "CLIENT_CERT");
    addUnlessGiven("REMOTE_PORT", Integer.toString(remote.getPort()));
  }

  private void addHeaders() {
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      String name = variable(headers.name(i));
      if (name != null && isPassed(name) && isFirst(headers, i)) {
        addUnlessGiven(name, joined(headers, i));
      }
    }
    add("HTTP_X_REQUEST_ID", request.id());
  }

  private boolean isPassed(String name) {
    return switch (name) {
      // A guest's HTTP client would take it for the proxy to use: CVE-2016-5385.
      case "HTTP_PROXY" -> false;
      case "HTTP_PROXY_AUTHORIZATION", "HTTP_CONNECTION", "HTTP_X_REQUEST_ID" -> false;
      case "HTTP_AUTHORIZATION" -> settings.authorization();
      default -> true;
    };
  }

  /**
   * Returns null for a name with other characters: {@code X_Foo} would become the variable of
   * {@code X-Foo}, behind the back of a proxy that guards the latter.
   */
  private static @Nullable String variable(String header) {
    char[] name = new char[header.length() + 5];
    "HTTP_".getChars(0, 5, name, 0);
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c >= 'a' && c <= 'z') {
        name[i + 5] = (char) (c - 'a' + 'A');
      } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        name[i + 5] = c;
      } else if (c == '-') {
        name[i + 5] = '_';
      } else {
        return null;
      }
    }
    return new String(name);
  }

  private static boolean isFirst(Headers headers, int index) {
    for (int i = 0; i < index; i++) {
      if (headers.name(i).equalsIgnoreCase(headers.name(index))) {
        return false;
      }
    }
    return true;
  }

  /** Joins the values of all fields with this one's name. */
  private static String joined(Headers headers, int index) {
    String name = headers.name(index);
    String value = HeaderText.decode(headers.value(index));
    StringBuilder all = null;
    for (int i = index + 1; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        all = all == null ? new StringBuilder(value) : all;
        all.append(name.equalsIgnoreCase("Cookie") ? "; " : ", ");
        all.append(HeaderText.decode(headers.value(i)));
      }
    }
    return all == null ? value : all.toString();
  }
}

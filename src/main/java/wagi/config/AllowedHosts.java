package wagi.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code allowed_hosts}: the origins a guest may call. */
final class AllowedHosts {
  static final String ALLOW_ALL = "insecure:allow-all";

  private AllowedHosts() {}

  static List<String> read(Fields fields) {
    List<String> origins = new ArrayList<>();
    for (Node.Text text : fields.texts("allowed_hosts")) {
      if (text.value().equals(ALLOW_ALL)) {
        fields.warnAt(text.at(), "allowed_hosts: " + ALLOW_ALL + " lets the guest call any host");
        origins.add(ALLOW_ALL);
        continue;
      }
      String origin = origin(text.value());
      if (origin == null) {
        fields.expected("allowed_hosts", "an origin such as \"https://api.example.com\"", text);
      } else {
        origins.add(origin);
      }
    }
    return List.copyOf(origins);
  }

  private static @Nullable String origin(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (scheme == null || host == null || !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
      return null;
    }
    String path = uri.getRawPath();
    boolean more = path != null && !path.isEmpty() && !path.equals("/");
    if (more || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      return null;
    }
    if (uri.getRawFragment() != null || uri.getPort() > 65_535) {
      return null;
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return (scheme + "://" + host).toLowerCase(Locale.ROOT) + port;
  }
}

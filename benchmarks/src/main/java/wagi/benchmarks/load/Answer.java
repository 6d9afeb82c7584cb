package wagi.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a URL answers, as far as it must be the same everywhere: not the date, nor a name's case.
 */
record Answer(int status, Map<String, String> headers, String body) {
  static Answer of(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.toString()));
      headers.remove("date");
      return new Answer(response.statusCode(), headers, response.body());
    }
  }
}

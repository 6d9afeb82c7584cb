package wagi.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar chart of shares as SVG: a bar for the median, a line from least to most. */
final class ShareChart {
  private static final int LEFT = 220;
  private static final int WIDTH = 760;
  private static final int PLOT = WIDTH - LEFT - 70;
  private static final int TOP = 70;
  private static final int ROW = 22;
  private static final int GAP = 10;
  private static final List<String> COLORS = List.of("#3b6ea5", "#a9c4e0", "#d98c3f", "#8f8f8f");

  private record Place(double x, double y) {}

  private record Bar(String group, String series, Spread share) {}

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  ShareChart(String title) {
    this.title = title;
  }

  void bar(String group, String series, Spread share) {
    bars.add(new Bar(group, series, share));
  }

  String svg() {
    List<String> series = bars.stream().map(Bar::series).distinct().toList();
    double most =
        Math.max(1.0, bars.stream().mapToDouble(bar -> bar.share().max()).max().orElse(1));
    double scale = PLOT / (Math.ceil(most * 5) / 5);
    StringBuilder body = new StringBuilder();
    text(body, 16, 26, "font-size=\"16\" font-weight=\"bold\"", title);
    for (int i = 0; i < series.size(); i++) {
      int x = LEFT + i * 150;
      rectangle(body, new Place(x, 40), 12, 12, COLORS.get(i % COLORS.size()));
      text(body, x + 18, 51, "", series.get(i));
    }
    StringBuilder rows = new StringBuilder();
    int bottom = rows(rows, series, scale);
    grid(body, scale, most, bottom);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            .formatted(WIDTH, bottom + 34)
        + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        + body
        + rows
        + "</svg>\n";
  }

  /** Draws the bars and returns where they end. */
  private int rows(StringBuilder out, List<String> series, double scale) {
    int y = TOP;
    String group = "";
    for (Bar bar : bars) {
      if (!bar.group().equals(group)) {
        y += group.isEmpty() ? 0 : GAP;
        group = bar.group();
        text(out, LEFT - 10, y + 14, "text-anchor=\"end\"", group);
      }
      double length = bar.share().median() * scale;
      rectangle(
          out,
          new Place(LEFT, y),
          length,
          ROW - 4,
          COLORS.get(series.indexOf(bar.series()) % COLORS.size()));
      double min = LEFT + bar.share().min() * scale;
      double max = LEFT + bar.share().max() * scale;
      int middle = y + (ROW - 4) / 2;
      line(out, new Place(min, middle), new Place(max, middle), "#222");
      line(out, new Place(min, middle - 4), new Place(min, middle + 4), "#222");
      line(out, new Place(max, middle - 4), new Place(max, middle + 4), "#222");
      text(out, max + 6, y + 14, "", String.format(Locale.ROOT, "%.2f", bar.share().median()));
      y += ROW;
    }
    return y;
  }

  private static void grid(StringBuilder out, double scale, double most, int bottom) {
    for (int fifth = 0; fifth <= Math.ceil(most * 5); fifth++) {
      double x = LEFT + fifth * scale / 5;
      line(out, new Place(x, TOP - 6), new Place(x, bottom + 4), fifth == 5 ? "#c0392b" : "#ddd");
      text(
          out,
          x,
          bottom + 20,
          "text-anchor=\"middle\"",
          fifth / 5.0 + (fifth == 5 ? " floor" : ""));
    }
  }

  private static void text(StringBuilder out, double x, int y, String attributes, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
    out.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" %s>%s</text>%n", x, y, attributes, escaped));
  }

  private static void line(StringBuilder out, Place from, Place to, String color) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            from.x(),
            from.y(),
            to.x(),
            to.y(),
            color));
  }

  private static void rectangle(
      StringBuilder out, Place at, double width, int height, String color) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            at.x(),
            at.y(),
            width,
            height,
            color));
  }
}

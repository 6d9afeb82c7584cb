/* The index of the 2021 pod manifest: a page that links the other four. */
#include <stdio.h>

int main(void) {
  puts(
      "Content-Type: text/html; charset=UTF-8\n"
      "\n"
      "<!doctype html>\n"
      "<html lang=\"en\">\n"
      "<title>krustlet-wagi-demo</title>\n"
      "<h1>krustlet-wagi-demo</h1>\n"
      "<ul>\n"
      "  <li><a href=\"/hello\">hello</a></li>\n"
      "  <li><a href=\"/error\">error</a>, a 404</li>\n"
      "  <li><a href=\"/log\">log</a>, a line in the log</li>\n"
      "  <li><a href=\"/http-example\">http-example</a></li>\n"
      "</ul>\n"
      "</html>");
  return 0;
}

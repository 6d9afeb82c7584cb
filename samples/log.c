/* Standard error is the module's log: each line goes to the server's log with route and request
   id, or into a file with --log-dir. The client never sees it. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char *method = getenv("REQUEST_METHOD");
  const char *from = getenv("REMOTE_ADDR");
  fprintf(stderr, "log: %s from %s\n", method ? method : "?", from ? from : "?");

  puts("Content-Type: text/html; charset=UTF-8\n");
  puts("<!doctype html><title>log</title><p>Two lines are in the log now.</p>");

  fprintf(stderr, "log: answered\n");
  return 0;
}

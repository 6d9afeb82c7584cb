/* Sends the client elsewhere. Location alone is a 302; with a Status, the Status counts,
   wherever it stands. Try /redirect and /redirect?permanently. */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "permanently") == 0) puts("Status: 301 Moved Permanently");
  puts("Location: /hello\n");
  return 0;
}

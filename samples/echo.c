/* Sends the body of the request back, with its own content type. Try it with curl -d. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  /* CONTENT_LENGTH is always set, 0 without a body, and always true: the host has read the
     whole body before the module starts. So is CONTENT_TYPE, empty when none was sent. */
  const char *length = getenv("CONTENT_LENGTH");
  const char *type = getenv("CONTENT_TYPE");
  if (!length || atoll(length) == 0) {
    puts("Status: 400\nContent-Type: text/plain\n");
    puts("nothing to echo: send a body, for example with curl -d 'some text'");
    return 0; /* the answer says 400; the module itself did not fail */
  }

  /* The text of a stranger under its own type: tell browsers not to guess a worse one. */
  printf("Content-Type: %s\n", type && *type ? type : "application/octet-stream");
  puts("X-Content-Type-Options: nosniff\n");

  /* Copy in pieces: memory stays small, however large the body is. */
  char piece[16 * 1024];
  size_t n;
  while ((n = fread(piece, 1, sizeof piece, stdin)) > 0) {
    if (fwrite(piece, 1, n, stdout) != n) return 1;
  }
  return 0;
}

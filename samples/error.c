/* Answers with a status of its own. Status is a header for the host, never sent to the client;
   without it the status is 200, or 302 when there is a Location. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char *path = getenv("X_FULL_URL");
  puts("Status: 404 Not Found\nContent-Type: text/plain\n");
  printf("there is nothing at %s\n", path ? path : "this address");
  return 0;
}

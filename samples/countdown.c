/* An answer that takes its time: one line a second. The host holds a body back only until the
   module first waits, so each line reaches the client when it is written. While a module sleeps
   it takes no processor from others, but its timeout (limits.timeout, 30 seconds) goes on.

   /countdown counts from 5, /countdown?3 from 3. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int from = argc > 1 ? atoi(argv[1]) : 5;
  if (from < 0 || from > 20) {
    puts("Status: 400\nContent-Type: text/plain\n\ncount from 0 to 20");
    return 0;
  }
  puts("Content-Type: text/plain\n");
  for (int i = from; i > 0; i--) {
    printf("%d\n", i);
    fflush(stdout); /* otherwise stdio keeps the line until the end */
    sleep(1);
  }
  puts("lift-off");
  return 0;
}

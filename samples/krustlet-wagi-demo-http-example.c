/* The http-example of the 2021 pod manifest asked another server and showed its answer. That needs
   the host functions of wasi_experimental_http, which this server does not have yet. A module
   that imported them would be refused at load, so this one imports nothing of the kind and says
   what is missing. */
#include <stdio.h>

int main(void) {
  puts("Status: 502 Bad Gateway\nContent-Type: text/plain\n");
  puts("outbound HTTP is not there yet: no request was sent");
  return 0;
}

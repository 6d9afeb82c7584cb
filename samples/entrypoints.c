/* One module, several functions, a route for each:

     [[module]]
     route = "/ep1"
     module = "entrypoints.wasm"
     entrypoint = "ep1"

   An entrypoint takes nothing and returns nothing. export_name gives the function its outside
   name; the linker wraps each exported function, so that constructors run before it and stdio is
   flushed after it, as for main. */
#include <stdio.h>

static void answer(const char *text) {
  puts("Content-Type: text/plain\n");
  puts(text);
}

int main(void) {
  answer("Default entrypoint");
  return 0;
}

__attribute__((export_name("ep1"))) void ep1(void) { answer("Entrypoint 1"); }

__attribute__((export_name("ep2"))) void ep2(void) { answer("Entrypoint 2"); }

/* Prints its arguments and its environment, sorted: all that a request looks like to a module,
   except the body, which is on standard input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv) {
  size_t count = 0;
  while (environ && environ[count]) count++;
  /* The order in which a host passes variables means nothing. */
  if (count) qsort(environ, count, sizeof *environ, by_text);

  puts("Content-Type: text/plain; charset=UTF-8\n");
  /* argv[0] is the request path, then one argument per piece of the query. */
  for (int i = 0; i < argc; i++) printf("argv[%d] = %s\n", i, argv[i]);
  for (size_t i = 0; i < count; i++) {
    size_t name = strcspn(environ[i], "=");
    const char *value = environ[i] + name + (environ[i][name] == '=');
    printf("%.*s = %s\n", (int)name, environ[i], value);
  }
  return 0;
}

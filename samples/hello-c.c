/* The same answer in C. stdio is buffered: everything is written when main returns. */
#include <stdio.h>

int main(void) {
  /* Header lines, one empty line, the body. */
  puts("Content-Type: text/plain\n");
  puts("hello world");
  return 0; /* any other number makes the answer a 500 */
}

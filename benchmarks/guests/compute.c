/* Four kernels, the same source for the guest and for the native program it is compared with.
 *
 *   compute KERNEL ROUNDS [REPEATS]     KERNEL: hash, sort, scan, float, all
 *
 * Prints a CGI answer with a checksum, the same wherever it runs. The native program runs it
 * REPEATS times in one process and prints nanoseconds per round, one line a time, before that. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES (128 * 1024)
#define INTS 20000
#define NBODY_STEPS 4000

static uint8_t data[BYTES];
static uint8_t text[BYTES];
static int ints[INTS];

static uint32_t next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/* SHA-256's compression over the whole buffer: loads, rotations, a table. */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void compress(uint32_t h[8], const uint8_t *block) {
  uint32_t w[64];
  for (int i = 0; i < 16; i++) {
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
           (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t v[8];
  memcpy(v, h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
    uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[i] + w[i];
    uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
    uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    v[7] = v[6], v[6] = v[5], v[5] = v[4], v[4] = v[3] + t1;
    v[3] = v[2], v[2] = v[1], v[1] = v[0], v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) h[i] += v[i];
}

__attribute__((noinline)) static uint32_t hash(uint32_t seed) {
  uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 ^ seed};
  for (int at = 0; at < BYTES; at += 64) compress(h, data + at);
  return h[0] ^ h[7];
}

/* Quicksort that knows nothing of its elements' order, as qsort does. */
typedef int (*comparison)(const void *, const void *);

static int ascending(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

static int descending(const void *a, const void *b) { return ascending(b, a); }

/* volatile: no compiler may know what is called. */
static volatile comparison orders[2] = {ascending, descending};

static void swap(int *a, int *b) {
  int t = *a;
  *a = *b;
  *b = t;
}

__attribute__((noinline)) static void quicksort(int *v, int count, comparison compare) {
  while (count > 12) {
    int *middle = v + count / 2, *last = v + count - 1;
    if (compare(middle, v) < 0) swap(middle, v);
    if (compare(last, v) < 0) swap(last, v);
    if (compare(last, middle) < 0) swap(last, middle);
    int pivot = *middle;
    int i = 0, j = count - 1;
    while (i <= j) {
      while (compare(v + i, &pivot) < 0) i++;
      while (compare(v + j, &pivot) > 0) j--;
      if (i <= j) swap(v + i++, v + j--);
    }
    quicksort(v, j + 1, compare);
    v += i;
    count -= i;
  }
  for (int i = 1; i < count; i++) {
    for (int j = i; j > 0 && compare(v + j, v + j - 1) < 0; j--) swap(v + j, v + j - 1);
  }
}

__attribute__((noinline)) static uint32_t sort(uint32_t seed) {
  uint32_t state = seed + 1;
  for (int i = 0; i < INTS; i++) ints[i] = (int)next(&state);
  quicksort(ints, INTS, orders[seed & 1]);
  return (uint32_t)(ints[0] ^ ints[INTS / 3] ^ ints[INTS - 1]);
}

/* A tokenizer: one switch a byte, branches nobody predicts well. */
__attribute__((noinline)) static uint32_t scan(uint32_t seed) {
  uint32_t words = seed, numbers = 0, lines = 0, quoted = 0, sum = 0, number = 0, column = 0;
  enum { BETWEEN, WORD, NUMBER, QUOTE } state = BETWEEN;
  for (int i = 0; i < BYTES; i++) {
    uint8_t c = text[i];
    column++;
    switch (c) {
      case '\n':
        lines++;
        sum += column;
        column = 0;
        state = BETWEEN;
        break;
      case ' ':
      case ',':
        if (state == NUMBER) sum ^= number;
        if (state != QUOTE) state = BETWEEN;
        break;
      case '"':
        quoted += state == QUOTE;
        state = state == QUOTE ? BETWEEN : QUOTE;
        break;
      case '0': case '1': case '2': case '3': case '4':
      case '5': case '6': case '7': case '8': case '9':
        if (state == BETWEEN) numbers++, number = 0, state = NUMBER;
        number = number * 10 + (c - '0');
        break;
      case '<':
      case '>':
      case '&':
        sum = sum * 31 + c;
        break;
      default:
        if (state == BETWEEN) words++, state = WORD;
        sum += c;
    }
  }
  return words * 7 + numbers * 11 + lines * 13 + quoted * 17 + sum;
}

/* Planets around a sun: doubles, divisions, square roots. */
struct body { double x, y, z, vx, vy, vz, mass; };

__attribute__((noinline)) static uint32_t nbody(uint32_t seed) {
  struct body b[5];
  for (int i = 0; i < 5; i++) {
    double r = 1.0 + i * 2.5;
    b[i] = (struct body){r, r * 0.3 * i, 0.1 * i, 0.01 * i, 0.4 / r, 0.002 * i, i ? 0.001 * i : 39.0};
  }
  b[0].x += (seed & 7) * 0.001;
  for (int step = 0; step < NBODY_STEPS; step++) {
    for (int i = 0; i < 5; i++) {
      for (int j = i + 1; j < 5; j++) {
        double dx = b[i].x - b[j].x, dy = b[i].y - b[j].y, dz = b[i].z - b[j].z;
        double d2 = dx * dx + dy * dy + dz * dz + 0.01;
        double pull = 0.001 / (d2 * __builtin_sqrt(d2));
        double mi = b[i].mass * pull, mj = b[j].mass * pull;
        b[i].vx -= dx * mj, b[i].vy -= dy * mj, b[i].vz -= dz * mj;
        b[j].vx += dx * mi, b[j].vy += dy * mi, b[j].vz += dz * mi;
      }
    }
    for (int i = 0; i < 5; i++) {
      b[i].x += 0.001 * b[i].vx, b[i].y += 0.001 * b[i].vy, b[i].z += 0.001 * b[i].vz;
    }
  }
  uint64_t bits;
  memcpy(&bits, &b[1].x, sizeof bits);
  return (uint32_t)(bits ^ bits >> 32);
}

static void fill_data(void) {
  uint32_t state = 42;
  for (int i = 0; i < BYTES; i += 4) {
    uint32_t word = next(&state) * 257u;
    memcpy(data + i, &word, sizeof word);
  }
}

static void fill_text(void) {
  static const char pieces[] =
      "lorem ipsum 42,\"dolor sit\" amet 1984 <b>consectetur</b>\n17 & 4\nsed do, eiusmod";
  uint32_t state = 42;
  for (int i = 0; i + 8 <= BYTES; i += 8) {
    memcpy(text + i, pieces + (next(&state) & 63), 8);
  }
}

static uint32_t run(const char *kernel, int rounds) {
  int all = !strcmp(kernel, "all");
  uint32_t sum = 0;
  if (all || !strcmp(kernel, "hash")) fill_data();
  if (all || !strcmp(kernel, "scan")) fill_text();
  for (int round = 0; round < rounds; round++) {
    if (all || !strcmp(kernel, "hash")) sum = sum * 31 + hash((uint32_t)round);
    if (all || !strcmp(kernel, "sort")) sum = sum * 31 + sort((uint32_t)round);
    if (all || !strcmp(kernel, "scan")) sum = sum * 31 + scan((uint32_t)round);
    if (all || !strcmp(kernel, "float")) sum = sum * 31 + nbody((uint32_t)round);
  }
  return sum;
}

static void answer(uint32_t sum) {
  char out[] = "Content-Type: text/plain\n\n00000000\n";
  char *digit = out + sizeof out - 3;
  for (int i = 0; i < 8; i++, sum >>= 4) *digit-- = "0123456789abcdef"[sum & 15];
  if (write(1, out, sizeof out - 1) < 0) _Exit(1);
}

#ifdef __wasm__
int main(int argc, char **argv) {
  answer(run(argc > 1 ? argv[1] : "all", argc > 2 ? atoi(argv[2]) : 1));
  return 0;
}
#else
#include <stdio.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

/* Filling the buffers is inside the time, as it is inside a request. */
int main(int argc, char **argv) {
  const char *kernel = argc > 1 ? argv[1] : "all";
  int rounds = argc > 2 ? atoi(argv[2]) : 1, repeats = argc > 3 ? atoi(argv[3]) : 1;
  uint32_t sum = 0;
  for (int i = 0; i < repeats; i++) {
    double start = now();
    sum = run(kernel, rounds);
    printf("%.0f\n", (now() - start) / rounds);
  }
  fflush(stdout);
  answer(sum);
  return 0;
}
#endif

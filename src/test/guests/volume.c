/* Uses a volume as a C program does, one step a line: what was asked and what came of it. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *step, int result) {
  printf("%s: %s\n", step, result < 0 ? strerror(errno) : "ok");
}

static int put(const char *path, int flags, const char *text) {
  int fd = open(path, flags, 0666);
  if (fd < 0) {
    return -1;
  }
  ssize_t written = write(fd, text, strlen(text));
  return close(fd) < 0 || written < 0 ? -1 : 0;
}

static void normal(void) {
  struct stat status;
  char text[32] = "";
  say("mkdir", mkdir("/data/dir", 0777));
  say("write", put("/data/dir/a", O_WRONLY | O_CREAT | O_EXCL, "one\n"));
  say("write again", put("/data/dir/a", O_WRONLY | O_CREAT | O_EXCL, "one\n"));
  say("append", put("/data/dir/a", O_WRONLY | O_APPEND, "two\n"));
  say("rename", rename("/data/dir/a", "/data/dir/b"));
  say("link", link("/data/dir/b", "/data/dir/c"));
  say("symlink", symlink("dir/b", "/data/soft"));
  say("stat", stat("/data/soft", &status));
  printf("size %d links %d\n", (int)status.st_size, (int)status.st_nlink);
  FILE *file = fopen("/data/soft", "r+");
  say("seek", file == NULL ? -1 : fseek(file, 4, SEEK_SET));
  if (file != NULL) {
    say("read", fgets(text, sizeof text, file) == NULL ? -1 : 0);
    printf("%s", text);
    say("truncate", ftruncate(fileno(file), 3));
    fclose(file);
  }
  int entries = 0;
  DIR *dir = opendir("/data/dir");
  say("opendir", dir == NULL ? -1 : 0);
  while (dir != NULL && readdir(dir) != NULL) {
    entries++;
  }
  printf("%d entries\n", entries);
  say("rmdir full", rmdir("/data/dir"));
}

static void escapes(void) {
  struct stat status;
  say("probe symlink", symlink("../outside", "/data/new"));
  say("probe stat", stat("/data/lnk/secret", &status));
  say("probe open nofollow", open("/data/lnk/secret", O_RDONLY | O_NOFOLLOW));
  say("probe open", open("/data/lnk/secret", O_RDONLY));
  say("probe mkdir", mkdir("/data/lnk/new", 0777));
  say("probe create nofollow", put("/data/lnk/n", O_WRONLY | O_CREAT | O_NOFOLLOW, "x"));
  say("probe create", put("/data/lnk/n", O_WRONLY | O_CREAT, "x"));
  say("probe unlink", unlink("/data/lnk/secret"));
  say("probe rename", rename("/data/lnk/secret", "/data/stolen"));
  say("probe link", link("/data/lnk/secret", "/data/stolen"));
  say("probe rename into", rename("/data/dir/b", "/data/lnk/secret"));
  say("probe dots", open("/data/../outside/secret", O_RDONLY));
  say("probe absolute", open("/data/abs/secret", O_RDONLY));
}

int main(void) {
  printf("Content-Type: text/plain\n\n");
  normal();
  escapes();
  return 0;
}

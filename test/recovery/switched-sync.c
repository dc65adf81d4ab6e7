/* Preloaded into a process: while the file $FAIL_SYNC_WHILE is there, fsync and fdatasync write nothing and fail with EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int failing(void) {
  const char *path = getenv("FAIL_SYNC_WHILE");
  return path && access(path, F_OK) == 0;
}

#define SYNC(name) \
  int name(int fd) { \
    static int (*real)(int); \
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, #name); \
    if (!failing()) return real(fd); \
    errno = EIO; \
    return -1; \
  }
SYNC(fsync)
SYNC(fdatasync)

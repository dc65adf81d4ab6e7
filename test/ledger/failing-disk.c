/*
 * Preloaded into a process, a model of the disk below DISK_FOLDER after Linux: what is written lies in the page cache and is dirty until an fsync
 * copies it to "DISK_FOLDER.durable", which is what a power failure would leave. Of all calls of fsync and fdatasync in the folder, number
 * FAIL_SYNC_AT and the FAIL_SYNC_TIMES - 1 after it fail with EIO; as on Linux, the pages then count as clean although they never arrived, and a
 * later fsync does not write them. Sizes and names are durable at once. Sub-folders are not modelled.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct range { char name[64]; off_t from, to; };
static struct range dirty[65536];
static int ranges, syncs;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* The name of a file directly below the folder; 0 for any other. */
static int name_of(const char *path, char *name) {
  const char *folder = getenv("DISK_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length) || path[length] != '/' || strlen(path + length + 1) > 60 || strchr(path + length + 1, '/')) return 0;
  strcpy(name, path + length + 1);
  return 1;
}

static int name_of_descriptor(int fd, char *name) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return name_of(path, name);
}

static int open_durable(const char *name) {
  char path[4200];
  snprintf(path, sizeof path, "%s.durable/%s", getenv("DISK_FOLDER"), name);
  return open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static void wrote(int fd, off_t from, ssize_t length) {
  char name[64];
  int error = errno;
  if (length > 0 && name_of_descriptor(fd, name)) {
    pthread_mutex_lock(&lock);
    if (ranges == sizeof dirty / sizeof *dirty) abort();
    struct range *range = &dirty[ranges++];
    strcpy(range->name, name);
    range->from = from;
    range->to = from + length;
    pthread_mutex_unlock(&lock);
  }
  errno = error;
}

static int synced(int fd) {
  char name[64], *at = getenv("FAIL_SYNC_AT"), *times = getenv("FAIL_SYNC_TIMES");
  if (!name_of_descriptor(fd, name)) return 0;
  pthread_mutex_lock(&lock);
  int first = atoi(at), fails = first > 0 && ++syncs >= first && syncs < first + atoi(times), kept = 0;
  int durable = fails ? -1 : open_durable(name);
  for (int index = 0; index < ranges; index += 1) {
    struct range range = dirty[index];
    if (strcmp(range.name, name)) { dirty[kept++] = range; continue; }
    for (off_t from = range.from; !fails && from < range.to;) {
      char bytes[65536];
      off_t left = range.to - from;
      ssize_t length = pread(fd, bytes, left < (off_t)sizeof bytes ? (size_t)left : sizeof bytes, from);
      if (length <= 0) break;
      static ssize_t (*real)(int, const void *, size_t, off_t);
      if (!real) real = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
      if (real(durable, bytes, length, from) != length) abort();
      from += length;
    }
  }
  ranges = kept;
  if (durable >= 0) close(durable);
  pthread_mutex_unlock(&lock);
  if (fails) errno = EIO;
  return fails ? -1 : 0;
}

static void resized(int fd, off_t size) {
  char name[64];
  if (!name_of_descriptor(fd, name)) return;
  int durable = open_durable(name);
  static int (*real)(int, off_t);
  if (!real) real = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate");
  if (real(durable, size)) abort();
  close(durable);
}

#define PWRITE(name) ssize_t name(int fd, const void *bytes, size_t count, off_t at) { \
  REAL(name); ssize_t length = real(fd, bytes, count, at); wrote(fd, at, length); return length; }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  ssize_t length = real(fd, bytes, count);
  off_t end = length > 0 ? lseek(fd, 0, SEEK_CUR) : -1;
  if (end >= 0) wrote(fd, end - length, length);
  return length;
}

#define PWRITEV(name) ssize_t name(int fd, const struct iovec *pieces, int count, off_t at) { \
  REAL(name); ssize_t length = real(fd, pieces, count, at); wrote(fd, at, length); return length; }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define TRUNCATE(name) int name(int fd, off_t size) { REAL(name); int done = real(fd, size); if (!done) resized(fd, size); return done; }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name) int name(int fd) { REAL(name); return synced(fd) ? -1 : real(fd); }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  REAL(unlink);
  char name[64], durable[4200];
  int done = real(path);
  if (!done && name_of(path, name)) {
    snprintf(durable, sizeof durable, "%s.durable/%s", getenv("DISK_FOLDER"), name);
    real(durable);
  }
  return done;
}

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

const SOURCE = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int late(const char *name, int fd) {
  int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
  usleep(5000);
  return real(fd);
}
int fsync(int fd) { return late("fsync", fd); }
int fdatasync(int fd) { return late("fdatasync", fd); }
`

/** A library that makes every flush to disk 5 ms slower, to be preloaded; null where no C compiler is. */
export function slowDisk(folder: string): string | null {
  const source = path.join(folder, 'slow-disk.c')
  const library = path.join(folder, 'slow-disk.so')
  writeFileSync(source, SOURCE)
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return status === 0 ? library : null
}

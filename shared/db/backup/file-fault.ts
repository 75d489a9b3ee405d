/** Why a file could not be opened, read or written, by the code of the system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full for this user',
}

/** Operations on files, as errors of the system name them: a database that cannot be reached is another fault. */
const OF_FILES = /^(open|read|write|writev|rename|fsync|close|stat|ftruncate)$/

/** What went wrong with the file of a backup, with the way out; null when something else did. */
export function fileFault(error: unknown, file: string, what: 'read' | 'write'): Error | null {
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException
  const reason = REASONS[code]
  if (reason === undefined || !OF_FILES.test(syscall)) return null
  if (what === 'read') return new Error(`${file} cannot be read: ${reason}.`, { cause: error })
  return new Error(
    `${file} cannot be written: ${reason}. Name a file in a folder that this user may write, on a disk with room for ` +
      'it: npm run backup -- FILE.',
    { cause: error },
  )
}

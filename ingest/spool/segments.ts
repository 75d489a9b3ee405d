import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { fsyncSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { keepPrivate, privateFolder } from '../../shared/private-paths.ts'
import { readRecord } from './record.ts'

/** A place in the spool: a segment's number and a byte in it. */
export interface Position {
  segment: number
  offset: number
}

const ENDING = '.spool'
const SCAN_BYTES = 4 * 1024 * 1024

export const segmentPath = (folder: string, segment: number): string =>
  path.join(folder, `${String(segment).padStart(12, '0')}${ENDING}`)

/** Numbers of the segments there are, oldest first. */
export const listSegments = (folder: string): number[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => Number(file.slice(0, -ENDING.length)))
    .sort((a, b) => a - b)

export const segmentBytes = (folder: string, segment: number): number => statSync(segmentPath(folder, segment)).size

/** The folder, made if need be, and the name by which the database knows this spool. */
export function openFolder(folder: string, warn?: (text: string) => void): string {
  privateFolder(folder, warn)
  for (const segment of listSegments(folder)) keepPrivate(segmentPath(folder, segment), warn)
  const file = path.join(folder, 'id')
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomUUID(), { flush: true, mode: 0o600 })
    renameSync(`${file}.new`, file)
    syncFolderSync(folder)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Cuts off what a crash left half written. Gives where the next record goes. */
export function cutTornTail(file: string): number {
  const descriptor = openSync(file, 'r+')
  try {
    const size = statSync(file).size
    let whole = 0
    let wanted = SCAN_BYTES
    while (whole < size) {
      const buffer = Buffer.allocUnsafe(Math.min(wanted, size - whole))
      readSync(descriptor, buffer, 0, buffer.length, whole)
      let at = 0
      let found = readRecord(buffer, at)
      for (; found !== null && typeof found === 'object'; found = readRecord(buffer, at)) at = found.end
      whole += at
      if (found === null || whole + found > size) break
      wanted = Math.max(SCAN_BYTES, found)
    }
    if (whole < size) ftruncateSync(descriptor, whole)
    return whole
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a new file's name as lasting as its contents. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function syncFolderSync(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

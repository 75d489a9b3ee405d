// Several files as one download: a tar archive of the ustar format.

export interface PackedFile {
  /** Path in the archive: at most 100 characters, ASCII. */
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

const BLOCK = 512
const CHECKSUM = { at: 148, length: 8 }

/** The archive of these files, each written at a moment in milliseconds since 1970. */
export function tarOf(files: readonly PackedFile[], at: number): Blob {
  const parts = files.flatMap(({ name, bytes }) => [
    headerOf(name, bytes.length, at),
    bytes,
    new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ])
  return new Blob([...parts, new Uint8Array(2 * BLOCK)], { type: 'application/x-tar' })
}

function headerOf(name: string, size: number, at: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK)
  const put = (text: string, from: number) => header.set(new TextEncoder().encode(text), from)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  put(name, 0)
  put(octal(0o644, 7), 100) // permissions
  put(octal(0, 7), 108) // owner
  put(octal(0, 7), 116) // group
  put(octal(size, 11), 124)
  put(octal(Math.floor(at / 1000), 11), 136)
  put('0', 156) // a plain file
  put('ustar\u000000', 257)
  // The checksum is taken with blanks in its own place.
  put(' '.repeat(CHECKSUM.length), CHECKSUM.at)
  put(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    CHECKSUM.at,
  )
  return header
}

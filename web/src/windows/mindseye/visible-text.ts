/** Everything that would move, hide or reorder other text, but for line breaks: control and format characters. */
const INVISIBLE = /[^\P{C}\n]/gu

/** Text of reporters as it really is: what cannot be seen is written as `\u{…}`. */
export const visibleText = (text: string): string =>
  text.replace(INVISIBLE, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)

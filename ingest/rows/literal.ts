// A column of a batch as Postgres writes arrays. The driver can do it too, but for any value whatever; this is most of
// what the writer spends on a row.

/** `{1,NULL,"text"}` of what `value` gives for each row. */
export function arrayLiteral<R>(rows: readonly R[], value: (row: R) => unknown): string {
  let text = '{'
  for (let i = 0; i < rows.length; i++) {
    if (i > 0) text += ','
    text += element(value(rows[i]!))
  }
  return text + '}'
}

function element(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return String(value)
    case 'string':
      return quoted(value)
    case 'boolean':
      return value ? 't' : 'f'
    case 'bigint':
      return value.toString()
    case 'object':
      if (value === null) return 'NULL'
      if (value instanceof Date) return `"${value.toISOString()}"`
      throw new TypeError('A column holds neither text, number, moment nor nothing')
    case 'undefined':
      return 'NULL'
    default:
      throw new TypeError(`A column cannot hold a ${typeof value}`)
  }
}

/** Only backslash and quote need care within quotes. NUL is what no Postgres text can hold; decoding took it out. */
const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`

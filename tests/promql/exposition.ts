// The text format of metrics, as Prometheus reads it. Refuses a line that it does not understand.

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  name: string
  labels: Labels
  value: number
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)",?/y

/** The samples of an exposition. @throws for a line that is no sample and no comment */
export function readSamples(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? []
      if (name === undefined) throw new Error(`This is no sample: ${line}`)
      return { name, labels: readLabels(labels), value: readValue(value!) }
    })
}

function readLabels(text: string): Labels {
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  for (let end = 0; end < text.length; end = LABEL.lastIndex) {
    const found = LABEL.exec(text)
    if (!found) throw new Error(`These are no labels: ${text}`)
    labels[found[1]!] = found[2]!.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
  }
  return labels
}

function readValue(text: string): number {
  if (text === '+Inf' || text === '-Inf') return text === '+Inf' ? Infinity : -Infinity
  const value = text === 'NaN' || text === 'Nan' ? NaN : Number(text)
  if (Number.isNaN(value) && !/^nan$/i.test(text)) throw new Error(`This is no value: ${text}`)
  return value
}

import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api'
import { register, type MetricObjectWithValues, type MetricValue } from 'prom-client'

type Figure = MetricObjectWithValues<MetricValue<string>>

/**
 * The metrics of /metrics, exported to a collector as well: counted once, by prom-client. Of histograms, sum and
 * count.
 */
export async function observeFigures(meter: Meter): Promise<void> {
  const observed = new Map<string, Observable>()
  for (const figure of (await register.getMetricsAsJSON()) as Figure[])
    for (const name of namesOf(figure)) {
      const options = { description: figure.help }
      const isGauge = String(figure.type) === 'gauge'
      observed.set(
        name,
        isGauge ? meter.createObservableGauge(name, options) : meter.createObservableCounter(name, options),
      )
    }
  meter.addBatchObservableCallback(
    async (result) => {
      for (const figure of (await register.getMetricsAsJSON()) as Figure[]) observe(figure, observed, result)
    },
    [...observed.values()],
  )
}

const isHistogram = ({ type }: Figure) => ['histogram', 'summary'].includes(String(type))
const namesOf = (figure: Figure) =>
  isHistogram(figure) ? [`${figure.name}_sum`, `${figure.name}_count`] : [figure.name]

function observe(figure: Figure, observed: ReadonlyMap<string, Observable>, result: BatchObservableResult): void {
  for (const { metricName, value, labels } of figure.values as (MetricValue<string> & { metricName?: string })[]) {
    const instrument = observed.get(metricName ?? figure.name)
    if (instrument) result.observe(instrument, value, labels as Record<string, string>)
  }
}

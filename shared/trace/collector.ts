import { hostname } from 'node:os'
import { context, diag, DiagLogLevel, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Log } from '../log.ts'
import { observeFigures } from './figures.ts'
import { beginTracing } from './spans.ts'
import { traceStatements } from './statements.ts'

const SPANS_EVERY_MS = 1_000
const FIGURES_EVERY_MS = 10_000
/** A collector that does not answer must not hold up our end. */
const PATIENCE_MS = 2_000

/**
 * OpenTelemetry's SDK, by OTLP over HTTP. Headers for the collector are taken from OTEL_EXPORTER_OTLP_HEADERS, as the
 * SDK does.
 */
export async function openCollector(endpoint: string, service: string, log: Log): Promise<AsyncDisposable> {
  const warn = (text: string) => log.warn({ said: text }, 'the collector could not be reached')
  diag.setLogger({ error: warn, warn: warn, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)
  const resource = resourceFromAttributes({
    'service.name': service,
    'service.namespace': 'overlord',
    'service.instance.id': `${hostname()}-${process.pid}`,
  })
  const at = (signal: string) => ({ url: `${endpoint}/v1/${signal}`, timeoutMillis: PATIENCE_MS })

  const tracing = new BasicTracerProvider({
    resource,
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter(at('traces')), {
        scheduledDelayMillis: SPANS_EVERY_MS,
        exportTimeoutMillis: PATIENCE_MS,
      }),
    ],
  })
  trace.setGlobalTracerProvider(tracing)
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const metering = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(at('metrics')),
        exportIntervalMillis: FIGURES_EVERY_MS,
        exportTimeoutMillis: PATIENCE_MS,
      }),
    ],
  })
  metrics.setGlobalMeterProvider(metering)
  await observeFigures(metering.getMeter('overlord'))
  traceStatements()
  beginTracing()
  return {
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([tracing.shutdown(), metering.shutdown()])
    },
  }
}

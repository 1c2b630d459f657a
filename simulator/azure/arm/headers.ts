import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock/clock.ts'
import type { SeenRequest } from '../../http/exchange.ts'

/** Headers of every answer of Resource Manager (names: reference/azure-backup-api.md 6.3 and 6.4). */
export function armHeaders(clock: Clock, request: SeenRequest): Record<string, string> {
  const id = randomUUID()
  const stamp = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const client = request.headers['x-ms-client-request-id']
  return {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    // Backup vaults leave it empty (Microsoft: Restore Azure Disks using REST API).
    'x-ms-request-id': /Microsoft\.DataProtection/i.test(request.path) ? '' : randomUUID(),
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `WESTEUROPE:${stamp}:${id}`,
    ...(client === undefined ? {} : { 'x-ms-client-request-id': client }),
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
  }
}

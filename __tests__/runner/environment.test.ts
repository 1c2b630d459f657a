import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEvent } from '../../src/runner/environment.ts'

describe('the event', () => {
  it('is read from its file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-'))
    const path = join(folder, 'event.json')
    writeFileSync(path, '{"action":"opened"}')
    const event = readEvent({ GITHUB_EVENT_PATH: path })
    rmSync(folder, { recursive: true })
    expect(event).toEqual({ action: 'opened' })
  })

  it.each([{}, { GITHUB_EVENT_PATH: '/no/such/file' }, { GITHUB_EVENT_PATH: '/etc/hostname' }])(
    'is none for %j',
    (env) => {
      expect(readEvent(env)).toBeUndefined()
    },
  )
})

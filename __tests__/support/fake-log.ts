import { type Log, sayOnce } from '../../src/runner/log.ts'

type Level = Exclude<keyof Log, 'once'>

/** A log that collects. */
export interface FakeLog extends Log {
  entries: { level: Level; text: string; title: string | undefined }[]
  /** The texts of one level, in order. */
  of(level: Level): string[]
}

export function fakeLog(): FakeLog {
  const entries: FakeLog['entries'] = []
  const at = (level: Level) => (text: string, title?: string) => {
    entries.push({ level, text, title })
  }
  return {
    entries,
    of: (level) => entries.filter((entry) => entry.level === level).map((entry) => entry.text),
    info: at('info'),
    debug: (say) => at('debug')(say()),
    fault: at('fault'),
    notice: at('notice'),
    warning: at('warning'),
    error: at('error'),
    once: sayOnce(),
  }
}

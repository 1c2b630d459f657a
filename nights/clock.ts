/** The time of a night. It stands still while anything can be done, and jumps to the next moment when nothing can. */

interface Sleeper {
  due: number
  order: number
  wake: () => void
}

/** Nothing is left that could happen, and yet the run has not ended. */
export class HangError extends Error {
  override name = 'HangError'
}

/** More wakings than any night needs; a run that never ends would otherwise play for ever. */
const mostWakings = 200_000

/** The clock of the run and of the model around it. Times are in milliseconds since the night began. */
export class NightClock {
  /** How far the machine's wall clock is off, from when on. */
  readonly jumps: { at: number; by: number }[] = []
  #time = 0
  #order = 0
  #heap: Sleeper[] = []
  #wakings = 0
  readonly #epoch: number
  /** Monotonic clocks begin somewhere: what takes one for a wall clock is found out. */
  readonly #offset = 4_321_000

  /** @param epoch when the night begins, in milliseconds since 1970 */
  constructor(epoch: number) {
    this.#epoch = epoch
  }

  /** Since the night began. */
  get time(): number {
    return this.#time
  }

  /** A moment of the night in milliseconds since 1970, by a clock that is right. */
  epochOf(time: number): number {
    return this.#epoch + time
  }

  readonly now = (): number => this.#offset + this.#time

  readonly date = (): number =>
    this.#epoch + this.#time + this.jumps.reduce((sum, { at, by }) => (at <= this.#time ? sum + by : sum), 0)

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (signal?.aborted) {
      reject(signal.reason)
      return promise
    }
    const abort = () => {
      this.#remove(sleeper)
      reject(signal?.reason)
    }
    const sleeper = this.#add(Math.max(0, milliseconds), () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    })
    signal?.addEventListener('abort', abort, { once: true })
    return promise
  }

  readonly after = (milliseconds: number, late: () => void): (() => void) => {
    const sleeper = this.#add(Math.max(0, milliseconds), late)
    return () => this.#remove(sleeper)
  }

  /** Does something at a time of the night. */
  at(time: number, wake: () => void): void {
    this.#add(Math.max(0, time - this.#time), wake)
  }

  /** How many wait for a time to come. */
  get waiting(): number {
    return this.#heap.length
  }

  /** Lets time pass until the promise is settled. */
  async until(promise: Promise<unknown>): Promise<void> {
    let settled = false
    const done = () => {
      settled = true
    }
    promise.then(done, done)
    for (;;) {
      // Whoever rests in a long computation goes on before time does.
      do await turn()
      while (process.getActiveResourcesInfo().includes('Immediate'))
      if (settled) return
      const next = this.#pop()
      if (next === undefined) {
        // What is loaded or compiled for the first time takes turns of its own.
        for (let turns = 0; turns < 50 && !settled && this.#heap.length === 0; turns += 1) await turn()
        if (settled) return
        if (this.#heap.length === 0)
          throw new HangError('nothing is left to wait for, and the run has not ended')
        continue
      }
      this.#wakings += 1
      if (this.#wakings > mostWakings) throw new HangError(`more than ${mostWakings} events in one night`)
      this.#time = Math.max(this.#time, next.due)
      next.wake()
    }
  }

  #add(after: number, wake: () => void): Sleeper {
    const sleeper = { due: this.#time + after, order: this.#order, wake }
    this.#order += 1
    const heap = this.#heap
    let at = heap.length
    heap.push(sleeper)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (before(heap[parent], sleeper)) break
      heap[at] = heap[parent] as Sleeper
      at = parent
    }
    heap[at] = sleeper
    return sleeper
  }

  #pop(): Sleeper | undefined {
    const [first] = this.#heap
    if (first !== undefined) this.#remove(first)
    return first
  }

  #remove(sleeper: Sleeper): void {
    const heap = this.#heap
    let at = heap.indexOf(sleeper)
    if (at < 0) return
    const last = heap.pop()
    if (last === undefined || last === sleeper) return
    // Up, where it comes before its parent, and else down.
    for (; at > 0 && before(last, heap[(at - 1) >> 1]); at = (at - 1) >> 1)
      heap[at] = heap[(at - 1) >> 1] as Sleeper
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = right < heap.length && before(heap[right], heap[left]) ? right : left
      if (child >= heap.length || before(last, heap[child])) break
      heap[at] = heap[child] as Sleeper
      at = child
    }
    heap[at] = last
  }
}

function before(one: Sleeper | undefined, other: Sleeper | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined
  return one.due < other.due || (one.due === other.due && one.order < other.order)
}

/** Lets everything run that can run now. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

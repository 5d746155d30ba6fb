// How well each word and sound of a reading was made, on this device alone. index.d.ts says what everything means.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

const native = createRequire(import.meta.url)(process.env.EUPHONE_ADDON ?? './build/Release/euphone.node')

export const version = native.version
const MADE = Symbol('made by Engine')
const LOOK_MS = 20

function floats(samples) {
  if (samples instanceof Float32Array) return samples
  if (samples instanceof Int16Array) return Float32Array.from(samples, (sample) => sample / 32768)
  throw new TypeError('samples are a Float32Array in [-1, 1] or an Int16Array, of one channel')
}

/** @param {(stop: unknown) => Promise<unknown>} work */
function abortable(signal, work) {
  if (!signal) return work(null)
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = native.newStop()
    const abort = () => {
      native.requestStop(stop)
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    work(stop)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort))
  })
}

export class Analysis {
  #handle
  #document
  constructor(made, handle) {
    if (made !== MADE) throw new TypeError('an Engine makes these')
    this.#handle = handle
  }
  get document() {
    return (this.#document ??= JSON.parse(this.write('json')))
  }
  get verdict() {
    return this.document.verdict
  }
  get scores() {
    return this.document.scores
  }
  get words() {
    return this.document.words
  }
  write(format) {
    return native.write(this.#handle, format)
  }
  toJSON() {
    return this.document
  }
}

export class Live {
  #handle
  constructor(made, handle) {
    if (made !== MADE) throw new TypeError('Engine.listen makes these')
    this.#handle = handle
  }
  push(samples) {
    native.push(this.#handle, floats(samples))
  }
  async finish() {
    await native.finish(this.#handle)
  }
  async *[Symbol.asyncIterator]() {
    for (;;) {
      const line = native.poll(this.#handle)
      if (line === null) {
        await sleep(LOOK_MS)
        continue
      }
      const event = JSON.parse(line)
      yield event
      if (event.event === 'stopped') return
    }
  }
}

export class Engine {
  #handle
  constructor(made, handle) {
    if (made !== MADE) throw new TypeError('Engine.open makes these')
    this.#handle = handle
  }
  static async open(options = {}) {
    return new Engine(MADE, await native.open(options))
  }
  get model() {
    return native.model(this.#handle)
  }
  async analyze(samples, rate, text, { id, signal } = {}) {
    const audio = floats(samples)
    return new Analysis(MADE, await abortable(signal, (stop) => native.analyze(this.#handle, audio, rate, text, id, stop)))
  }
  async analyzeFile(path, text, { id, signal } = {}) {
    return new Analysis(MADE, await abortable(signal, (stop) => native.analyze(this.#handle, path instanceof URL ? fileURLToPath(path) : path, 0, text, id, stop)))
  }
  async listen(text, { rate = 16000, reproducible = false } = {}) {
    return new Live(MADE, await native.listen(this.#handle, text, rate, reproducible))
  }
}

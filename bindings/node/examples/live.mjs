// Follows a reader: samples in, events out. Here they come from standard input, 16 kHz mono float:
//   ffmpeg -i take.wav -f f32le -ar 16000 -ac 1 - | node live.mjs "What is read."
import { Engine } from 'euphone'

const engine = await Engine.open()
const live = await engine.listen(process.argv[2])
let rest = Buffer.alloc(0)
const fed = (async () => {
  for await (const chunk of process.stdin) {
    rest = Buffer.concat([rest, chunk])
    const whole = rest.length - (rest.length % 4)
    live.push(new Float32Array(new Uint8Array(rest.subarray(0, whole)).buffer))
    rest = rest.subarray(whole)
  }
  await live.finish()
})()
for await (const event of live) console.log(JSON.stringify(event))
await fed

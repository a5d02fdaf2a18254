import { SMTPServer } from 'smtp-server'

// A mail server as a process of its own, for tests: `node test/smtp-process.mjs PORT WAY`. It prints each message it takes
// as one line of JSON. WAY: `takes`; `hangs` takes the whole message and never says so; `no_address` refuses the
// recipient for good; `tls` asks for TLS with its own certificate.
const [port, way] = [Number(process.argv[2] ?? 0), process.argv[3] ?? 'takes']

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: way === 'tls' ? ['AUTH'] : ['AUTH', 'STARTTLS'],
  logger: false,
  onRcptTo(_address, _session, done) {
    if (way !== 'no_address') return done()
    done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
  },
  onData(stream, session, done) {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      console.log(JSON.stringify({ to, secure: session.secure, raw: Buffer.concat(parts).toString('utf8') }))
      if (way !== 'hangs') done()
    })
  },
})
server.on('error', () => undefined)
server.listen(port, '127.0.0.1', () => console.log(JSON.stringify({ port: server.server.address().port })))
// What was taken before this question has been printed before its answer.
process.stdin.on('data', () => console.log(JSON.stringify({ settled: true })))

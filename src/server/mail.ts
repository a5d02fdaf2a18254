import { createTransport } from 'nodemailer'
import type { MailSettings } from './config.ts'

export type Mail = {
  to: string
  subject: string
  text: string
  /** The same for every attempt: a mail server that has this one already can tell. */
  id: string
}

/** What became of a message: a code for the log, never an address or a server's own words. */
export type Delivery = { state: 'taken' } | { state: 'later' | 'never'; code: string }

/** Hands one message to the relay the settings name, over TLS wherever it is not on this computer. */
export async function sendMail({ host, port, tls, login, from }: MailSettings, mail: Mail): Promise<Delivery> {
  const domain = from.split('@')[1] ?? 'localhost'
  const transport = createTransport({
    host,
    port,
    secure: tls === 'from_start',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    // What this computer is called is nobody's business.
    name: domain,
    ...(login === null ? {} : { auth: login }),
    tls: { minVersion: 'TLSv1.2' },
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${domain}>`,
      // Answering machines stay silent.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    return { state: 'taken' }
  } catch (error) {
    const { code, responseCode, permanent, command } = error as Error & NodeJS.ErrnoException & Reply // nodemailer's own error
    // A refused address stays refused; a refused login or a full relay is the operator's to mend.
    const isHers = permanent === true && command === 'RCPT TO'
    return { state: isHers ? 'never' : 'later', code: `${code ?? 'unknown'}${responseCode ?? ''}` }
  } finally {
    transport.close()
  }
}

type Reply = { responseCode?: number; permanent?: boolean; command?: string }

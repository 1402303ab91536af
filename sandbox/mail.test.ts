import { createConnection } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { SandboxRequest } from './http/types'
import { createMailPart, type MailServer, startMailServer } from './mail'

let server: MailServer

beforeAll(async () => {
  server = await startMailServer(0)
})
beforeEach(() => server.mailbox.clear())
afterAll(() => server.close())

/** Speaks SMTP by hand: waits for the answer of each line, returns the last one. */
function speak(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const waiting = [...lines]
    let answers = ''
    const socket = createConnection(server.port, '127.0.0.1')
    socket.setEncoding('utf8')
    socket.on('data', (text) => {
      answers = String(text)
      if (!/^\d{3} /m.test(answers)) return
      const next = waiting.shift()
      if (next === undefined) socket.end()
      else socket.write(`${next}\r\n`)
    })
    socket.on('close', () => resolve(answers))
    socket.on('error', reject)
  })
}

function send(message: readonly string[], to = 'lin-yue@yunlu.example.edu'): Promise<string> {
  const envelope = ['EHLO test', 'MAIL FROM:<noreply@yuanfen.example>', `RCPT TO:<${to}>`, 'DATA']
  return speak([...envelope, [...message, '.'].join('\r\n')])
}

async function ask(path: string, accept = 'application/json') {
  const part = createMailPart(server.mailbox)
  if (!('handle' in part)) throw new Error('the mail part has routes')
  const url = new URL(`http://127.0.0.1/_sandbox/mail${path}`)
  const request: SandboxRequest = {
    method: 'GET',
    path: url.pathname.slice(part.prefix.length) || '/',
    url,
    query: url.searchParams,
    headers: { accept },
    body: '',
    params: {},
    fault: null,
  }
  return part.handle(request)
}

test('keeps what arrives, with encoded subject and parts decoded', async () => {
  const text = Buffer.from('你的申请已获批准。').toString('base64')
  expect(
    await send([
      'From: =?UTF-8?B?5rqQ5YiG?= <noreply@yuanfen.example>',
      'To: lin-yue@yunlu.example.edu',
      'Subject: =?UTF-8?B?55Sz6K+3?=',
      ' =?UTF-8?Q?=E5=B7=B2=E6=89=B9=E5=87=86?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      text,
      '--b1',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>=E5=A5=BD=',
      '!</p>',
      '--b1--',
    ]),
  ).toMatch(/^250/)
  const [mail] = server.mailbox.list()
  expect(mail).toMatchObject({
    subject: '申请已批准',
    from: '源分 <noreply@yuanfen.example>',
    text: '你的申请已获批准。',
    html: '<p>好!</p>',
    envelopeFrom: 'noreply@yuanfen.example',
    envelopeTo: ['lin-yue@yunlu.example.edu'],
  })
})

test('lists newest first, by address, as JSON and as a page', async () => {
  await send(['Subject: <b>first</b>', '', 'one'])
  await send(['Subject: second', '', 'two'], 'ma-siqi@haicheng.example.edu')
  const subjects = async (path: string) => {
    const { body } = await ask(path)
    return z
      .object({ mails: z.array(z.object({ subject: z.string() })) })
      .parse(body)
      .mails.map(({ subject }) => subject)
  }
  expect(await subjects('')).toEqual(['second', '<b>first</b>'])
  expect(await subjects('?to=MA-SIQI@haicheng.example.edu')).toEqual(['second'])
  const page = await ask('', 'text/html')
  expect(page.body).toContain('&lt;b&gt;first&lt;/b&gt;')
  const [mail] = server.mailbox.list()
  expect(await ask(`/${mail?.id}`)).toMatchObject({ status: 200, body: { text: expect.stringContaining('two') } })
  expect((await ask('/nobody')).status).toBe(404)
})

test('keeps the last 500', async () => {
  const mail = { subject: '', from: '', to: '', date: null, text: '', html: null, receivedAt: '', envelopeFrom: '' }
  for (let index = 0; index < 510; index += 1) server.mailbox.add({ ...mail, id: String(index), envelopeTo: [] })
  expect(server.mailbox.list()).toHaveLength(500)
  expect(server.mailbox.find('9')).toBeNull()
  expect(server.mailbox.find('10')).not.toBeNull()
})

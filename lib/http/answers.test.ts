import { describe, expect, it } from 'vitest'
import { CONTENT_TYPES, contentDisposition, downloadAnswer } from '@/lib/http/answers'
import { leaveFor } from '@/lib/http/leave-for'

describe('contentDisposition', () => {
  it('names a Chinese file for new clients and an ASCII one for old', () => {
    expect(contentDisposition('学分报表 2025.xlsx')).toBe(
      `attachment; filename="____ 2025.xlsx"; filename*=UTF-8''%E5%AD%A6%E5%88%86%E6%8A%A5%E8%A1%A8%202025.xlsx`,
    )
  })

  it('lets no name break out of the header', () => {
    const header = contentDisposition('a"; x=\r\nSet-Cookie: b=(1)\'*.csv')
    expect(header).not.toMatch(/[\r\n]/)
    expect(header.match(/"/g)).toHaveLength(2)
    expect(header).toContain("filename*=UTF-8''a%22%3B%20x%3D%0D%0ASet-Cookie%3A%20b%3D%281%29%27%2A.csv")
  })
})

describe('downloadAnswer', () => {
  it('passes a stream on, never cached, never sniffed', async () => {
    const body = new Blob(['a,b\n']).stream()
    const response = downloadAnswer({ body, fileName: 'a.csv', contentType: CONTENT_TYPES.csv })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(await response.text()).toBe('a,b\n')
  })
})

describe('leaveFor', () => {
  const words = { lang: 'en', title: 'Leaving', link: 'Go <on>' }
  const allowedOrigins = ['https://github.com']

  it('moves on to a configured platform', async () => {
    const response = leaveFor({ url: 'https://github.com/login/oauth/authorize?a=1&b="', allowedOrigins, words })
    expect(response.status).toBe(200)
    expect(response.headers.get('refresh')).toBe('0; url=https://github.com/login/oauth/authorize?a=1&b=%22')
    const page = await response.text()
    expect(page).toContain('href="https://github.com/login/oauth/authorize?a=1&amp;b=%22"')
    expect(page).toContain('Go &lt;on&gt;')
  })

  it.each([
    'https://evil.example/',
    'https://github.com.evil.example/',
    'http://github.com/',
    'https://user@github.com/',
    'javascript:alert(1)',
    'data:text/html,x',
  ])('goes nowhere else: %s', (url) => {
    expect(() => leaveFor({ url, allowedOrigins, words })).toThrow(RangeError)
  })
})

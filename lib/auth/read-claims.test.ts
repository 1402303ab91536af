import { expect, test } from 'vitest'
import { oidcSettings } from '@/lib/auth/connection-settings'
import { readClaims } from '@/lib/auth/read-claims'

const plain = oidcSettings.parse({ issuer: 'https://sso.example.edu', clientId: 'yuanfen' })
const said = { sub: 's-1', student_number: '0230417001', name: '林悦', roles: ['student'], department: '计算机学院' }

test('claims are read by the names that are usual', () => {
  expect(readClaims(said, plain)).toEqual({
    subject: 's-1',
    number: '0230417001',
    name: '林悦',
    roles: ['student'],
    department: '计算机学院',
    programme: '',
    className: '',
    email: '',
  })
})

test('a university may name its claims and roles in its own way', () => {
  const own = oidcSettings.parse({
    issuer: 'https://sso.example.edu',
    clientId: 'yuanfen',
    claims: { number: 'xh', roles: 'eduPersonAffiliation' },
    roleValues: { reviewer: ['faculty', 'staff'] },
  })
  expect(readClaims({ sub: 's', xh: '007', eduPersonAffiliation: 'faculty student' }, own)).toMatchObject({
    number: '007',
    roles: ['student', 'reviewer'],
  })
})

test('a number that came as a JSON number is not taken: its zeros are lost', () => {
  expect(readClaims({ ...said, student_number: 230417001 }, plain)?.number).toBeNull()
})

test.each(['', ' ', 'a b', '=1+1', 'x'.repeat(33), null, undefined])('%j is no number', (number) => {
  expect(readClaims({ ...said, student_number: number }, plain)?.number).toBeNull()
})

test('what the sign-in says is spelled as the roster spells it', () => {
  const spelled = { ...said, student_number: 'b０07', department: '计算机\u200b学院（本部）' }
  expect(readClaims(spelled, plain)).toMatchObject({ number: 'B007', department: '计算机学院(本部)' })
})

test('no roles claim is not the same as no roles', () => {
  expect(readClaims({ sub: 's' }, plain)?.roles).toBeNull()
  expect(readClaims({ sub: 's', roles: [] }, plain)?.roles).toEqual([])
  expect(readClaims({ sub: 's', roles: ['root', 'ADMIN', 7] }, plain)?.roles).toEqual([])
})

test.each([undefined, '', 7, 'x'.repeat(256)])('subject %j proves nobody', (sub) => {
  expect(readClaims({ ...said, sub }, plain)).toBeNull()
})

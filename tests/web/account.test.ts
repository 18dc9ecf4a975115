import type { Account } from 'api/account/contract'
import type { Device } from 'api/device/contract'
import { expect, test } from 'vitest'
import { grantsOf, rowOf, withRole } from 'web/account/grant-row.ts'
import { searchAccounts, stateOf } from 'web/account/state.ts'
import { stateOf as deviceStateOf } from 'web/device/state.ts'

const account = (patch: Partial<Account>): Account => ({
  id: 1,
  login: 'wang',
  name: '王',
  kind: 'person',
  departmentId: null,
  title: null,
  phone: null,
  email: null,
  grants: [],
  deputies: [],
  hasPassword: true,
  hasProvider: false,
  hasTotp: false,
  invitedUntil: null,
  lastSignInAt: null,
  lockedUntil: null,
  disabledAt: null,
  sessions: 0,
  ...patch,
})
const at = '2023-05-31T01:00:00.000Z'

test('the gravest state of an account is told', () => {
  const fresh = { hasPassword: false }
  expect(stateOf(account({}))).toBe('active')
  expect(stateOf(account({ ...fresh, hasProvider: true }))).toBe('active')
  expect(stateOf(account(fresh))).toBe('unused')
  expect(stateOf(account({ ...fresh, invitedUntil: at }))).toBe('invited')
  expect(stateOf(account({ invitedUntil: at }))).toBe('active')
  expect(stateOf(account({ lockedUntil: at }))).toBe('locked')
  expect(stateOf(account({ lockedUntil: at, disabledAt: at }))).toBe('disabled')
})

test('people are found by any of their words, walls never', () => {
  const rows = [
    account({ id: 1, login: 'wang', name: '王立新', title: '科长' }),
    account({ id: 2, login: 'li', name: '李建平', title: '副科长', phone: '0731-1' }),
    account({ id: 3, login: 'wall', name: '大屏', kind: 'device' }),
  ]
  const found = (text: string) => searchAccounts(rows, text).map(({ id }) => id)
  expect(found('')).toEqual([2, 1])
  expect(found('科长')).toEqual([2, 1])
  expect(found(' 科长  WANG ')).toEqual([1])
  expect(found('0731')).toEqual([2])
  expect(found('wall')).toEqual([])
})

test('a grant is the same after the form; only the place of its scope is sent', () => {
  const grant = {
    role: 'park_manager',
    scope: 'park',
    unitId: null,
    parkId: 7,
    departmentId: null,
    validFrom: '2023-01-01',
    validTo: null,
  } as const
  const row = rowOf(grant)
  expect(grantsOf([row])).toEqual([grant])
  expect(grantsOf([{ ...row, scope: 'city' }])).toEqual([{ ...grant, scope: 'city', parkId: null }])
})

test('another role keeps the place where it can hold there, else begins at its own', () => {
  const row = rowOf({
    role: 'park_manager',
    scope: 'park',
    unitId: null,
    parkId: 7,
    departmentId: null,
    validFrom: '2023-01-01',
    validTo: null,
  })
  expect(withRole(row, 'inspector')).toEqual({ role: 'inspector' })
  expect(withRole(row, 'unit_manager')).toEqual({ role: 'unit_manager', scope: 'unit', target: '' })
})

test('a wall is silent after three missed heartbeats', () => {
  const now = Date.parse(at)
  const device: Device = {
    id: 1,
    name: '大屏',
    createdAt: at,
    expiresAt: '2024-05-31T01:00:00.000Z',
    revokedAt: null,
    lastSeenAt: at,
    address: null,
    pageVersion: null,
    screen: null,
  }
  expect(deviceStateOf(device, now + 180_000)).toBe('on')
  expect(deviceStateOf(device, now + 240_000)).toBe('silent')
  expect(deviceStateOf({ ...device, lastSeenAt: null }, now)).toBe('new')
  expect(deviceStateOf(device, Date.parse(device.expiresAt))).toBe('expired')
  expect(deviceStateOf({ ...device, revokedAt: at }, now)).toBe('revoked')
})

import { dictionary } from '@zxcvbn-ts/language-common'
import type { PasswordPolicy } from './contract.ts'

const maxLength = 200

/** OWASP ASVS 5.0 §6.2: length and a list of common ones, no composition, no rotation. */
const asvs: PasswordPolicy = {
  kind: 'asvs',
  minLength: 12,
  maxLength,
  minKinds: 1,
  refusesCommon: true,
  rotationDays: null,
  noReuse: 0,
  totpRoles: [],
  text: ['至少 12 个字符，可以用一句话，空格和汉字也算', '不能是常见密码，不能含登录名'],
}

/** 等保 2.0 (GB/T 22239-2019 §8.1.4.1): composition, rotation, and two factors for who administers. */
const dengbao: PasswordPolicy = {
  kind: 'dengbao',
  minLength: 8,
  maxLength,
  minKinds: 3,
  refusesCommon: true,
  rotationDays: 90,
  noReuse: 5,
  totpRoles: ['auditor', 'security', 'administrator'],
  text: [
    '至少 8 个字符',
    '大写字母、小写字母、数字、符号四类中至少有三类',
    '不能是常见密码，不能含登录名',
    '每 90 天更换一次，不能与最近 5 次相同',
    '审计、安全管理、系统管理人员须启用动态验证码',
  ],
}

export const policies: Record<PasswordPolicy['kind'], PasswordPolicy> = { asvs, dengbao }

/** The 49,000 most used; ours beside them are what people here think of. */
const common = new Set([
  ...(dictionary['passwords-common'] as string[]),
  'woaizhongguo',
  'woaizhuzhou',
  'zhuzhou123456',
  'wanmei123456',
])
const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u]

/**
 * What is wrong with a password by the policy, as Chinese sentences; empty: nothing.
 * @param login of whom it is to be.
 */
export function faultsOf(policy: PasswordPolicy, password: string, login: string): string[] {
  const text = password.normalize('NFC')
  const length = [...text].length
  const faults: string[] = []
  if (length < policy.minLength) faults.push(`现有 ${length} 个字符，至少要 ${policy.minLength} 个`)
  if (length > policy.maxLength) faults.push(`现有 ${length} 个字符，最多 ${policy.maxLength} 个`)
  if (kinds.filter((kind) => kind.test(text)).length < policy.minKinds) {
    faults.push(`大写字母、小写字母、数字、符号四类中至少要有 ${policy.minKinds} 类`)
  }
  if (policy.refusesCommon && isCommon(text, login)) {
    faults.push('太容易被猜到：是常见密码、重复或连续的字符，或含有登录名')
  }
  return faults
}

function isCommon(text: string, login: string): boolean {
  const lower = text.toLowerCase()
  const name = login.toLowerCase()
  return (
    common.has(lower) ||
    (name.length >= 3 && lower.includes(name)) ||
    new Set(lower).size <= 3 ||
    isRun(lower)
  )
}

/** abcdefgh, 87654321: each character beside the one before. */
function isRun(text: string): boolean {
  const steps = [...text].map(
    (sign, at) => (sign.codePointAt(0) ?? 0) - (text.codePointAt(at - 1) ?? 0),
  )
  const first = steps[1]
  return Math.abs(first ?? 0) === 1 && steps.slice(1).every((step) => step === first)
}

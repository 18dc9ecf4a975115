import { z } from 'zod'
import { Id, Instant } from '../http/contract.ts'
import { Me, Role } from '../person/contract.ts'

/**
 * What a password has to be. asvs: length and no common one, no rule of composition, no rotation (OWASP
 * ASVS 5.0 §6.2). dengbao: composition, rotation and no reuse, and a second factor for the three
 * administrators (GB/T 22239-2019).
 */
export const PasswordPolicy = z.object({
  kind: z.enum(['asvs', 'dengbao']),
  minLength: z.number().int(),
  maxLength: z.number().int(),
  /** How many of upper case, lower case, digits and signs it has to have; 1: any. */
  minKinds: z.number().int(),
  /** Common passwords and the own login are refused. */
  refusesCommon: z.boolean(),
  /** Days after which it has to be changed; null: never. */
  rotationDays: z.number().int().nullable(),
  /** As many of the last ones may not be taken again. */
  noReuse: z.number().int(),
  /** Who has to have a second factor. */
  totpRoles: z.array(Role),
  /** Sentences in Chinese, as an error would word them. */
  text: z.array(z.string()),
})
export type PasswordPolicy = z.infer<typeof PasswordPolicy>

/** GET /session: all that the page has to know before and after signing in; public. */
export const SessionState = z.object({
  /** Name of the city. */
  city: z.string(),
  me: Me.nullable(),
  /**
   * Single sign-on; the page goes to /api/session/oidc/<id>, which comes back to /, with
   * ?refused=PERSON_UNKNOWN (nobody here by that name) or PROVIDER_FAILED where it did not work.
   */
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
  policy: PasswordPolicy,
  /** Until it is changed (rotation), or the second factor set up, nothing else may be done. */
  mustChangePassword: z.boolean(),
  mustEnrolTotp: z.boolean(),
  /** False where one signs in through a provider only. */
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  /** Minutes without a request after which a session ends; hours after which it does at any rate. */
  idleMinutes: z.number(),
  absoluteHours: z.number(),
  signedInAt: Instant.nullable(),
  /** When it ends at any rate. */
  endsAt: Instant.nullable(),
  /** When and from which address was signed in the time before, to notice a stranger. */
  lastSignIn: z.object({ at: Instant, address: z.string() }).nullable(),
})
export type SessionState = z.infer<typeof SessionState>

const Password = z.string().min(1, { error: '请填写密码' }).max(1000)
const Code = z.string().trim().min(1, { error: '请填写验证码' }).max(40)

/**
 * POST /session. Refused the same way for an unknown login and a wrong password (401
 * SIGN_IN_REFUSED); after several failures from one address it is locked (429 SIGN_IN_LOCKED with
 * Retry-After).
 */
export const SignIn = z.strictObject({
  login: z.string().trim().min(1, { error: '请填写登录名' }).max(100),
  password: Password,
})
export type SignIn = z.infer<typeof SignIn>
/** code_needed: POST /session/code within five minutes. */
export const SignInResult = z.object({ status: z.enum(['signed_in', 'code_needed']) })
export type SignInResult = z.infer<typeof SignInResult>
/** POST /session/code: six digits of the app, or a backup code. 401 CODE_REFUSED. */
export const SignInCode = z.strictObject({ code: Code })
export type SignInCode = z.infer<typeof SignInCode>

/** POST /session/password: ends the other sessions. 422 PASSWORD_WEAK with what is missing, 401 PASSWORD_WRONG. */
export const PasswordChange = z.strictObject({ current: Password, password: Password })
export type PasswordChange = z.infer<typeof PasswordChange>

/** POST /session/totp, DELETE /session/totp: the own password once more. 401 PASSWORD_WRONG. */
export const PasswordProof = z.strictObject({ password: Password })
export type PasswordProof = z.infer<typeof PasswordProof>
/** POST /session/totp: to show as a QR code; counts once a code has confirmed it. */
export const TotpSecret = z.object({ secret: z.string(), uri: z.string() })
export type TotpSecret = z.infer<typeof TotpSecret>
/** PUT /session/totp with a first code: shown once. 422 CODE_REFUSED. */
export const BackupCodes = z.object({ codes: z.array(z.string()) })
export type BackupCodes = z.infer<typeof BackupCodes>

/** POST /session/invitation: sets the first or a new password; one signs in with it afterwards. 410 INVITATION_INVALID. */
export const InvitationUse = z.strictObject({
  token: z.string().min(1).max(200),
  password: Password,
})
export type InvitationUse = z.infer<typeof InvitationUse>
/** POST /session/invitation/look: whose it is, before a password is asked for. 410 INVITATION_INVALID. */
export const InvitationLook = z.strictObject({ token: z.string().min(1).max(200) })
export const InvitationOf = z.object({
  login: z.string(),
  name: z.string(),
  purpose: z.enum(['invitation', 'reset']),
  expiresAt: Instant,
})
export type InvitationOf = z.infer<typeof InvitationOf>

/** PUT /session/view-as: look at everything as another person, reading only; null: back to oneself. */
export const ViewAs = z.strictObject({ personId: Id.nullable() })
export type ViewAs = z.infer<typeof ViewAs>

/** Answer of what has nothing to tell. */
export const Done = z.object({ done: z.literal(true) })
export type Done = z.infer<typeof Done>

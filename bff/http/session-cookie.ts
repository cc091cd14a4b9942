import type { Request, Response } from 'express';
import type { Config } from '../config.ts';

type Settings = Pick<Config, 'publicUrl' | 'sessionMaxMs'>;

const isSecure = ({ publicUrl }: Settings) => publicUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host over https (S17); plain http exists on a developer's machine only. */
const nameOf = (settings: Settings) => (isSecure(settings) ? '__Host-hecto-onboarding' : 'hecto-onboarding');

/** The header that shows that a script of ours sent the cookie, and no foreign form or link (S20). */
export const cookieGuard = ['x-hecto-onboarding', '1'] as const;

export function setSessionCookie(res: Response, token: string, settings: Settings): void {
  res.cookie(nameOf(settings), token, {
    httpOnly: true,
    secure: isSecure(settings),
    sameSite: 'strict',
    path: '/',
    maxAge: settings.sessionMaxMs,
  });
}

export function sessionCookieOf(req: Request, settings: Settings): string | undefined {
  const prefix = `${nameOf(settings)}=`;
  const found = req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix));
  return found?.slice(prefix.length) || undefined;
}

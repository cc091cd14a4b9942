import type { z } from 'zod';
import type { createOnboardingSession } from '../../../shared/api/merchant/onboarding-sessions.ts';
import { parsePersonName } from '../../../shared/values/person-name.ts';
import { parsePhoneNumber } from '../../../shared/values/phone-number.ts';
import type { Config } from '../../config.ts';
import type { FieldError } from '../../http/problem.ts';
import { invalidRequest } from '../../http/validate.ts';
import type { Session, SessionAbout } from '../../store/store.ts';
import type { ClientTokenDeps } from './client-tokens.ts';

type Request = z.output<typeof createOnboardingSession>;

/** Creates a session for one customer. Throws `invalid-request` for an origin or return URL that is not listed. */
export function createCreateOnboardingSession({ config, store, clock }: ClientTokenDeps) {
  return function createOnboardingSession(request: Request): Promise<Session> {
    const now = clock();
    const expiresAt = new Date(now.getTime() + config.sessionMaxMs);
    return store.sessions.create(aboutOf(request, config), now, expiresAt);
  };
}

function aboutOf(request: Request, config: Config): SessionAbout {
  const errors: FieldError[] = [];
  const { origin = config.allowedOrigins[0], returnUrl, prefill, metadata } = request;
  if (origin !== undefined && !config.allowedOrigins.includes(origin)) {
    errors.push({ field: 'origin', message: 'must be one of ALLOWED_ORIGINS' });
  }
  if (returnUrl !== undefined && !config.allowedReturnUrls.includes(returnUrl)) {
    errors.push({ field: 'returnUrl', message: 'must be one of ALLOWED_RETURN_URLS, exactly' });
  }
  const name = prefill?.name === undefined ? undefined : parsePersonName(prefill.name);
  if (prefill?.name !== undefined && name === undefined) {
    errors.push({ field: 'prefill.name', message: 'must be a name of at most 60 bytes' });
  }
  const phone = prefill?.phone === undefined ? undefined : parsePhoneNumber(prefill.phone);
  if (prefill?.phone !== undefined && phone === undefined) {
    errors.push({ field: 'prefill.phone', message: 'must be a Korean mobile number' });
  }
  if (errors.length > 0) throw invalidRequest(errors);

  return {
    customerId: request.customerId,
    surface: request.surface ?? 'frame',
    locale: request.locale ?? 'ko',
    flow: { paymentPassword: request.flow?.paymentPassword ?? 'auto' },
    ...(origin !== undefined && { origin }),
    ...(returnUrl !== undefined && { returnUrl }),
    ...(prefill && { prefill: { ...(name && { name }), ...(phone && { phone }) } }),
    ...(metadata && { metadata }),
  };
}

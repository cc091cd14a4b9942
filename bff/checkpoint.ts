/**
 * Places at which a crash would be most inconvenient. In production nothing happens there; a test ends the process at
 * each of them and proves that the outcome is the same (R14).
 */
export const checkpoints = [
  'intent.creating',
  'intent.created',
  'intent.submitting',
  'intent.submitted',
  'intent.answered',
  'intent.settling',
  'intent.settled',
  'inquiry.claimed',
  'inquiry.answered',
  'inquiry.settled',
  'webhook.claimed',
  'webhook.sent',
  'webhook.recorded',
  'registration.created',
  'registration.submitted',
  'registration.answered',
  'registration.recorded',
  'rotation.first-key-wrapped',
  'rotation.page-resealed',
] as const;

export type Checkpoint = (place: (typeof checkpoints)[number]) => void;

export const passBy: Checkpoint = () => undefined;

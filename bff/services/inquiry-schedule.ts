/** When to ask Hecto what became of something whose answer was lost. One schedule for money and registrations. */

/** Hecto gives itself 30 s: before this an answer may still be on its way. */
export const firstInquiryMs = 35_000;
/** "Not there" proves nothing while the request may still be on its way (R10) ... */
export const graceMs = 60_000;
/** ... and then only when it is said so often in a row. */
export const absentEnough = 3;
/** After this a person has to ask. */
export const givenUpMs = 24 * 3_600_000;
/** After this somebody should know, and after as much again. */
export const alertMs = 3_600_000;

const pausesMs = [5, 10, 20, 40, 60, 60, 60, 60, 300].map((seconds) => seconds * 1000);

/** The pause before the next inquiry after so many, at most five minutes: Hecto may be down for a night. */
export const pauseAfter = (inquiries: number): number => pausesMs[Math.min(inquiries, pausesMs.length - 1)]!;

/** An inquiry that got no answer is no inquiry: soon again, so that a Hecto that is back is asked within a minute (R21). */
export const pauseWithoutAnswerMs = 45_000;

/** So that what was lost together is not asked about together: a fifth more or less. `random` is from 0 to 1. */
export const jittered = (ms: number, random: number): number => Math.round(ms * (0.8 + 0.4 * random));

/** The body of every error answer, as a schema for the documents. `ProblemBody` is its type. */
import { z } from 'zod';
import { problems, type ProblemCode } from '../problems.ts';
import { refusalCodes } from '../refusals.ts';
import { hectoCodes, moment } from './fields.ts';

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes).meta({ description: 'What to decide by. More codes may come.' }),
    requestId: z.string().meta({ description: 'Name it when you ask us.' }),
    retryable: z.boolean().meta({ description: 'The same request may succeed later.' }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Which fields, and what is allowed there.' }),
    refusal: z.enum(refusalCodes).optional().meta({ description: 'Why it was refused.' }),
    triesLeft: z.int().optional().meta({ description: 'Tries that are left, where tries are counted.' }),
    opensAt: moment.optional().meta({ description: 'When it is worth trying again.' }),
    hecto: hectoCodes.optional().meta({ description: "Hecto's own codes." }),
    instance: z.string().optional().meta({ description: 'The resource that this is about.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

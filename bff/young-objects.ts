import { setFlagsFromString } from 'node:v8';

/**
 * Gives new objects all the room they may have at once, instead of twice as much each time it has become too small. What a
 * request needs would else be taken for old while the room still grows, and what is old keeps the next request's objects
 * alive: every look for what nobody needs any more took three times as long, for good
 * (docs/decisions/0016-room-for-young-objects.md). To be called before there is much to do.
 */
export function giveYoungObjectsRoom(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
}

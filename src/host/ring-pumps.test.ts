/** Rings between streams and interpreters lose nothing, whatever the stream does. */
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { ByteRing, RING_CAPACITY } from '../base/byte-ring.ts';
import { RingSource } from './ring-pumps.ts';

it('keeps bytes that a paused stream brings all the same', () => {
  const ring = new ByteRing();
  const stream = new PassThrough();
  const source = new RingSource(stream, ring, () => undefined);
  stream.emit('data', Buffer.alloc(RING_CAPACITY + 40, 1));
  stream.emit('data', Buffer.alloc(5, 2));
  let got = Buffer.alloc(0);
  for (let i = 0; i < 20; i++) {
    got = Buffer.concat([got, ring.take()]);
    source.resume();
  }
  expect(got.equals(Buffer.concat([Buffer.alloc(RING_CAPACITY + 40, 1), Buffer.alloc(5, 2)]))).toBe(true);
});

/** The checksum of bzip2: CRC-32 with the highest bit first. */

const POLYNOMIAL = 0x04c11db7;

const TABLE = Int32Array.from({ length: 256 }, (_, i) => {
  let crc = i << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  return crc;
});

/** The state (it starts at -1) after one more byte. */
export function crcByte(crc: number, byte: number): number {
  return (crc << 8) ^ TABLE[(crc >>> 24) ^ byte]!;
}

/** The stream's checksum after a block with this one. */
export function combine(stream: number, block: number): number {
  return ((stream << 1) | (stream >>> 31)) ^ block;
}

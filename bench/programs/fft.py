"""Fast Fourier transform in place, there and back, on separate lists of floats."""

import math

EXPECTED = (4096, 0.0, 1364.833)


def reorder(real, imag):
    size = len(real)
    j = 0
    for i in range(1, size):
        bit = size >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            real[i], real[j] = real[j], real[i]
            imag[i], imag[j] = imag[j], imag[i]


def transform(real, imag, direction):
    size = len(real)
    reorder(real, imag)
    half = 1
    while half < size:
        angle = direction * math.pi / half
        turn_re, turn_im = math.cos(angle), math.sin(angle)
        w_re, w_im = 1.0, 0.0
        for k in range(half):
            for a in range(k, size, 2 * half):
                b = a + half
                t_re = w_re * real[b] - w_im * imag[b]
                t_im = w_re * imag[b] + w_im * real[b]
                real[b] = real[a] - t_re
                imag[b] = imag[a] - t_im
                real[a] += t_re
                imag[a] += t_im
            w_re, w_im = w_re * turn_re - w_im * turn_im, w_re * turn_im + w_im * turn_re
        half *= 2


def run():
    size = 4096
    signal = [((i * 37) % size) / size for i in range(size)]
    real, imag = signal[:], [0.0] * size
    transform(real, imag, -1)
    energy = sum([a * a + b * b for a, b in zip(real, imag)]) / size
    transform(real, imag, 1)
    error = max([abs(a / size - b) for a, b in zip(real, signal)])
    return size, round(error, 9), round(energy, 3)


if __name__ == "__main__":
    assert run() == EXPECTED

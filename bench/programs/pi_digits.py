"""Digits of pi by a spigot, factorials, and modular powers: integers of thousands of bits."""

EXPECTED = ("5665933446", [5, 7, 13, 17, 19, 31, 61, 89, 107, 127], 4678, 3048319834, 64617183)


def digits(count):
    """The first digits of pi, one by one, from a product of linear maps."""
    k, numerator, accumulator, denominator = 0, 1, 0, 1
    while count:
        k += 1
        odd = 2 * k + 1
        accumulator = (accumulator + 2 * numerator) * odd
        denominator *= odd
        numerator *= k
        if numerator > accumulator:
            continue
        digit, rest = divmod(numerator * 3 + accumulator, denominator)
        if rest + numerator >= denominator:
            continue
        yield digit
        count -= 1
        accumulator -= denominator * digit
        accumulator *= 10
        numerator *= 10


def probably_prime(n):
    """Fermat's test with a few bases."""
    return all(pow(base, n - 1, n) == 1 for base in (2, 3, 5, 7))


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def run():
    text = "".join(map(str, digits(220)))
    primes = [e for e in range(2, 260) if probably_prime((1 << e) - 1)]
    big = factorial(600)
    root = int(str(big)[:60]) >> 17
    return text[-10:], primes, big.bit_length(), root & 0xFFFF_FFFF, (big // 3**200) % (10**9 + 7)


if __name__ == "__main__":
    assert run() == EXPECTED

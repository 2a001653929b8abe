"""Decimals: a phone bill with taxes and rounding, and pi by a series."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext

EXPECTED = (
    "168,879.22 10342.67 4869.25",
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899"
    "8628034825342117067982148086513282306647093844609550582231725359408128481117450",
    "1.414213562373095048801688724",
    "0.4054651081081643819780131155",
)

CENT = Decimal("0.01")
RATES = Decimal("0.0013"), Decimal("0.00894")
TAXES = Decimal("0.0675"), Decimal("0.0341")


def bill(calls):
    """Sums of prices, of taxes for all, and of taxes for distant calls."""
    total = basic_total = distant_total = Decimal(0)
    for seconds in calls:
        distant = seconds & 1
        price = (Decimal(seconds) * RATES[distant]).quantize(CENT, ROUND_HALF_EVEN)
        basic = (price * TAXES[0]).quantize(CENT, ROUND_DOWN)
        basic_total += basic
        price += basic
        if distant:
            extra = (price * TAXES[1]).quantize(CENT, ROUND_DOWN)
            distant_total += extra
            price += extra
        total += price
    return f"{total:,} {basic_total} {distant_total}"


def pi(digits):
    with localcontext() as context:
        context.prec = digits + 3
        lasts, term, result, n, na, d, da = Decimal(0), Decimal(3), Decimal(3), 1, 0, 0, 24
        while result != lasts:
            lasts = result
            n, na = n + na, na + 8
            d, da = d + da, da + 32
            term = term * n / d
            result += term
        context.prec = digits
        return str(+result)


def run():
    return bill([(i * 7_919) % 10_000 for i in range(6_000)]), pi(160), str(Decimal(2).sqrt()), str(Decimal("1.5").ln())


if __name__ == "__main__":
    assert run() == EXPECTED

# Decimal arithmetic: exponents kept, rounding once, signals as exceptions or flags.
from decimal import *

D = Decimal
print(D("1.10") + D("2.2"), D("1.30") * D("1.20"), D(1) / 3, D("1e3") - 1, D(7) // 2, D(-7) % 3, divmod(D("8.5"), 2), D(2) ** 100, -D("0.0"))
print(D("0.1") + D("0.2") == D("0.3"), D("1.0") == 1, hash(D("2.50")) == hash(2.5), D(1) < 1.5, D("NaN") == 1, D("-0") == 0)
print(D(2).sqrt(), D(10).ln(), D("0.5").exp(), D(1000).log10(), D(2) ** D("0.5"), D("1e-400000") ** 2, D(10) ** -3, pow(D(3), 7, 10))
for mode in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    print(mode, *(D(x).quantize(D("0.1"), rounding=mode) for x in ("1.25", "1.35", "-1.25", "1.21", "1.01")))
print(D("1.20").normalize(), D("123.456").to_integral_value(), D("1.5").fma(2, 3), D(5).remainder_near(3), D("12.34").adjusted(), D("1E+5").to_eng_string())
print(round(D("2.675"), 2), round(D("2.5")), int(D("-3.9")), float(D("1.1")), D("0.125").as_integer_ratio(), D("-1.50").as_tuple(), D.from_float(0.1))
print(D("1e400").next_plus(), D(1).next_minus(), D("101").logical_xor(D("11")), D(12345).rotate(-2), D(123).shift(2), D("123e5").logb(), D(1).scaleb(-3))
for action in (lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("x"), lambda: D("sNaN") + 1, lambda: D(-1).sqrt(), lambda: D("9e999999") * 10, lambda: D(1) + 1.5,
               lambda: D("NaN") < 1, lambda: D(10) ** 30 // 1, lambda: int(D("Infinity")), lambda: D([1]), lambda: D(None), lambda: round(D("NaN"))):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error, sep=": ")
with localcontext(prec=5, traps=[]) as context:
    print(D(1) / 7, D(1) / 0, D(0) / 0, D("1e-1000000") / 1000, context.flags[Inexact], context.flags[DivisionByZero], context)
    context.clear_flags()
    context.Emax = 9
    print(D("99999") * 100000, D("12345678"), +D("12345678"), context.create_decimal("1.234567"), context.flags[Overflow])
print(getcontext().prec, getcontext().flags[Overflow])
# expect: 3.30 1.5600 0.3333333333333333333333333333 999 3 -1 (Decimal('4'), Decimal('0.5')) 1.267650600228229401496703205E+30 0.0
# expect: True True True True False True
# expect: 1.414213562373095048801688724 2.302585092994045684017991455 1.648721270700128146848650788 3 1.414213562373095048801688724 1E-800000 0.001 7
# expect: ROUND_UP 1.3 1.4 -1.3 1.3 1.1
# expect: ROUND_DOWN 1.2 1.3 -1.2 1.2 1.0
# expect: ROUND_CEILING 1.3 1.4 -1.2 1.3 1.1
# expect: ROUND_FLOOR 1.2 1.3 -1.3 1.2 1.0
# expect: ROUND_HALF_UP 1.3 1.4 -1.3 1.2 1.0
# expect: ROUND_HALF_DOWN 1.2 1.3 -1.2 1.2 1.0
# expect: ROUND_HALF_EVEN 1.2 1.4 -1.2 1.2 1.0
# expect: ROUND_05UP 1.2 1.3 -1.2 1.2 1.1
# expect: 1.2 123 6.0 -1 1 100E+3
# expect: 2.68 2 -3 1.1 (1, 8) DecimalTuple(sign=1, digits=(1, 5, 0), exponent=-2) 0.1000000000000000055511151231257827021181583404541015625
# expect: 1.000000000000000000000000001E+400 0.9999999999999999999999999999 110 4500000000000000000000000123 12300 7 0.001
# expect: DivisionByZero: [<class 'decimal.DivisionByZero'>]
# expect: InvalidOperation: [<class 'decimal.DivisionUndefined'>]
# expect: InvalidOperation: [<class 'decimal.ConversionSyntax'>]
# expect: InvalidOperation: [<class 'decimal.InvalidOperation'>]
# expect: InvalidOperation: [<class 'decimal.InvalidOperation'>]
# expect: Overflow: [<class 'decimal.Overflow'>]
# expect: TypeError: unsupported operand type(s) for +: 'decimal.Decimal' and 'float'
# expect: InvalidOperation: [<class 'decimal.InvalidOperation'>]
# expect: InvalidOperation: [<class 'decimal.DivisionImpossible'>]
# expect: OverflowError: cannot convert Infinity to integer
# expect: ValueError: argument must be a sequence of length 3
# expect: TypeError: conversion from NoneType to Decimal is not supported
# expect: ValueError: cannot convert NaN to integer
# expect: 0.14286 Infinity NaN 1E-1000003 True True Context(prec=5, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal], traps=[])
# expect: 9.9999E+9 12345678 1.2346E+7 1.2346 False
# expect: 28 True

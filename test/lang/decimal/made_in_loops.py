# Decimals of ints, texts and nothing, made often: what is unusual is made, and refused, as ever.
from decimal import *

setcontext(DefaultContext)


class Exact(Decimal):
    pass


def make(values):
    made = []
    for value in values:
        try:
            made.append(Decimal(value))
        except (InvalidOperation, TypeError, ValueError) as error:
            made.append(type(error).__name__)
    return made


def empty(count):
    return [Decimal() for _ in range(count)]


def within(value, context):
    try:
        return Decimal(value, context)
    except TypeError as error:
        return str(error)


for _ in range(200):
    plain = make(range(-3, 4))
    texts = make(["1.5", "-0.00", "007", "12e3", "1_0", " 2 ", "x", "NaN"])
    others = make([10**30, True, 2.5, (1, (2, 3), -1), None, Exact("4")])
    zeros = empty(3)
    given = [within("1.25", None), within("1.25", 5), within("1.25", Context(prec=1))]
print(plain, texts)
print(others, zeros, given)
print(type(Exact("1")), type(Decimal(Exact("1"))), Decimal(3) is Decimal(3))
for spec in ("", ",", ".2f", "+012,.1f", "=>10", "^12.3e", "%", "_", "z.0f", "010", ".3", "n", "G"):
    print([format(value, spec) for value in (Decimal("1234567.891"), Decimal("-0.004"), Decimal("1e9"), Decimal("-inf"), Decimal(0))])
# expect: [Decimal('-3'), Decimal('-2'), Decimal('-1'), Decimal('0'), Decimal('1'), Decimal('2'), Decimal('3')] [Decimal('1.5'), Decimal('-0.00'), Decimal('7'), Decimal('1.2E+4'), Decimal('10'), Decimal('2'), 'InvalidOperation', Decimal('NaN')]
# expect: [Decimal('1000000000000000000000000000000'), Decimal('1'), Decimal('2.5'), Decimal('-2.3'), 'TypeError', Decimal('4')] [Decimal('0'), Decimal('0'), Decimal('0')] [Decimal('1.25'), 'optional argument must be a context', Decimal('1.25')]
# expect: <class '__main__.Exact'> <class 'decimal.Decimal'> False
# expect: ['1234567.891', '-0.004', '1E+9', '-Infinity', '0']
# expect: ['1,234,567.891', '-0.004', '1E+9', '-Infinity', '0']
# expect: ['1234567.89', '-0.00', '1000000000.00', '-Infinity', '0.00']
# expect: ['+1,234,567.9', '-0,000,000.0', '+1,000,000,000.0', '   -Infinity', '+0,000,000.0']
# expect: ['1234567.891', '====-0.004', '======1E+9', '=-Infinity', '=========0']
# expect: ['  1.235e+6  ', ' -4.000e-3  ', '  1.000e+9  ', ' -Infinity  ', '  0.000e+3  ']
# expect: ['123456789.1%', '-0.4%', '100000000000%', '-Infinity%', '0%']
# expect: ['1_234_567.891', '-0.004', '1E+9', '-Infinity', '0']
# expect: ['1234568', '0', '1000000000', '-Infinity', '0']
# expect: ['1234567.891', '-00000.004', '0000001E+9', ' -Infinity', '0000000000']
# expect: ['1.23E+6', '-0.004', '1E+9', '-Infinity', '0']
# expect: ['1234567.891', '-0.004', '1e+9', '-Infinity', '0']
# expect: ['1234567.891', '-0.004', '1E+9', '-Infinity', '0']

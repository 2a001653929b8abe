# Decimals in and out of text, formatting, pickling, and contexts as values.
import copy
import pickle
from decimal import *
from fractions import Fraction

D = Decimal
for text in ("1_000.5", " 2.50\n", "-1E-7", "+.5e+3", "Infinity", "-nan123", "sNaN", "0E-10", "1e20", "000012.00"):
    print(repr(D(text)))
value = D("-1234567.891")
for spec in ("", ",.2f", "_.1f", ".3e", "g", ".4g", ".1%", "+20.2f", "<12.0f", "*^16.1f", "015,.1f", "=+12.0f", ".0e", "z.0f"):
    print(repr(format(value, spec)))
print(f"{D('1e-7')} {D('1E+7'):f} {D(0):.2f} {D('-0.001'):z.2f} {D('Infinity'):>10} {D('NaN'):010} {D('1.50'):n} {D('0.00'):e}")
for bad in ("x", ".", "10Nf", "5q"):
    try:
        print(format(value, bad))
    except ValueError as error:
        print(error)
assert all(pickle.loads(pickle.dumps(x, p)) == x for x in (value, D("1E+30")) for p in range(6)) and copy.deepcopy(value) is value
context = Context(prec=7, rounding=ROUND_HALF_DOWN, Emin=-99, Emax=99, capitals=0, clamp=1, traps=[Inexact], flags=[Rounded])
print(pickle.loads(pickle.dumps(context)), dict(context.traps) == dict(context.traps), len(context.flags), context.Etiny(), context.Etop())
print(D(Fraction(1, 4).numerator) / 4 == Fraction(1, 4), D("0.5") > Fraction(1, 3), D(1) == 1 + 0j, IEEEContext(64).prec, Context(prec=3).divide(2, 3))
for action in (lambda: Context(prec=0), lambda: Context(rounding="up"), lambda: Context(traps=[ValueError]), lambda: setattr(context, "Emax", -1),
               lambda: localcontext(1), lambda: localcontext(foo=1), lambda: context.flags.__setitem__(1, 2), lambda: IEEEContext(33)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, str(error).split("\n")[0], sep=": ")


class Money(Decimal):
    def __str__(self):
        return "$" + super().__str__()


print(Money("1.5"), type(Money("1.5") + 1).__name__, repr(Money("2")), type(Money.from_float(0.5)).__name__, sorted([D(3), 1, D("2.5")]))
# expect: Decimal('1000.5')
# expect: Decimal('2.50')
# expect: Decimal('-1E-7')
# expect: Decimal('5E+2')
# expect: Decimal('Infinity')
# expect: Decimal('-NaN123')
# expect: Decimal('sNaN')
# expect: Decimal('0E-10')
# expect: Decimal('1E+20')
# expect: Decimal('12.00')
# expect: '-1234567.891'
# expect: '-1,234,567.89'
# expect: '-1_234_567.9'
# expect: '-1.235e+6'
# expect: '-1234567.891'
# expect: '-1.235e+6'
# expect: '-123456789.1%'
# expect: '         -1234567.89'
# expect: '-1234568    '
# expect: '***-1234567.9***'
# expect: '-0,001,234,567.9'
# expect: '-    1234568'
# expect: '-1e+6'
# expect: '-1234568'
# expect: 1E-7 10000000 0.00 0.00   Infinity        NaN 1.50 0e-2
# expect: invalid format string
# expect: invalid format string
# expect: invalid format string
# expect: invalid format string
# expect: Context(prec=7, rounding=ROUND_HALF_DOWN, Emin=-99, Emax=99, capitals=0, clamp=1, flags=[Rounded], traps=[Inexact]) True 9 -105 93
# expect: True True True 16 0.667
# expect: ValueError: valid range for prec is [1, MAX_PREC]
# expect: TypeError: valid values for rounding are:
# expect: KeyError: 'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]'
# expect: ValueError: valid range for Emax is [0, MAX_EMAX]
# expect: TypeError: optional argument must be a context
# expect: TypeError: this function got an unexpected keyword argument 'foo'
# expect: KeyError: 'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]'
# expect: ValueError: argument must be a multiple of 32, with a maximum of 512
# expect: $1.5 Decimal Decimal('2') Money [1, Decimal('2.5'), Decimal('3')]

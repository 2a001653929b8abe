# split() of long text, with one space between words and without.
words = [f"word{i}" for i in range(400)]
plain = " ".join(words)
print(plain.split() == words, plain.rsplit() == words)  # expect: True True
for space in ("  ", "\t", "\n", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u3000"):
    text = plain + space + plain
    assert text.split() == words * 2 and text.rsplit() == words * 2, repr(space)
for text in (" " + plain, plain + " ", " " + plain + " ", "\n" + plain, plain + "\r\n"):
    assert text.split() == words, repr(text[:5])
for other in ("\x1b", "!", "\u200b", "\ufeff", "\x00"):
    assert (plain + other + plain).split()[399:401] == ["word399" + other + "word0", "word1"], repr(other)
print((" " * 2000).split(), ("a" * 2000).split() == ["a" * 2000], len((plain + " \U0001f600 b").split()))  # expect: [] True 402
print("x y\nz".count("y"), ("ab" * 900).count("ba"), ("\U0001f600" * 600).count("\ude00"))  # expect: 1 899 0

# Joining very short texts, short ones among long ones, wide characters, and what is no str.
letters = list("the quick brown fox") * 3
print("".join(letters), ", ".join(letters[:20]), "".join(reversed(letters)))
print("-".join(["a", "b", "é", "ÿ"] * 5), "".join(["a", "€", "c"] * 6), "€".join("abcdefghijklmnopqr"), "".join(["😀", "a"] * 9))
print("".join(["a"] * 30 + ["a much longer text than the others"] + ["b"] * 30), len("".join(["ab" if i % 3 else "x" * 40 for i in range(99)])))
print(len("".join([chr(97 + i % 26) for i in range(50_000)])), "".join([chr(97 + i % 26) for i in range(50_000)])[16380:16390], ", ".join([""] * 17), "".join([]), "".join(["x"]))


class Text(str):
    pass


print("".join([Text("a")] * 20), type("".join([Text("only")])).__name__, "".join(["a"] * 19 + [Text("z")]))
for wrong in (["a"] * 20 + [1], 5, [b"a"], ["a", None]):
    try:
        print("".join(wrong))
    except TypeError as error:
        print(error)
text = " ".join(["word", "", "  ", "last"] * 400)
print(len(text.split()), len((text + "\n").split()), len((text + "é").split()), len((text + "\x1f\u2003").split()), (" " * 2000).split(), ("ab " * 500).split() == ["ab"] * 500)
# expect: the quick brown foxthe quick brown foxthe quick brown fox t, h, e,  , q, u, i, c, k,  , b, r, o, w, n,  , f, o, x, t xof nworb kciuq ehtxof nworb kciuq ehtxof nworb kciuq eht
# expect: a-b-é-ÿ-a-b-é-ÿ-a-b-é-ÿ-a-b-é-ÿ-a-b-é-ÿ a€ca€ca€ca€ca€ca€c a€b€c€d€e€f€g€h€i€j€k€l€m€n€o€p€q€r 😀a😀a😀a😀a😀a😀a😀a😀a😀a
# expect: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa much longer text than the othersbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 1452
# expect: 50000 abcdefghij , , , , , , , , , , , , , , , ,   x
# expect: aaaaaaaaaaaaaaaaaaaa str aaaaaaaaaaaaaaaaaaaz
# expect: sequence item 20: expected str instance, int found
# expect: can only join an iterable
# expect: sequence item 0: expected str instance, bytes found
# expect: sequence item 1: expected str instance, NoneType found
# expect: 800 800 800 800 [] True

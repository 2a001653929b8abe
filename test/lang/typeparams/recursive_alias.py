type Tree = int | list[Tree]
print(Tree.__value__)  # expect: int | list[Tree]

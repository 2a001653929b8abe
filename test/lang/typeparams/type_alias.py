type Pair[T] = tuple[T, T]
type Num = int | float
print(Pair, Num.__value__, Pair.__type_params__, Pair[int], type(Num).__name__)  # expect: Pair int | float (T,) Pair[int] TypeAliasType

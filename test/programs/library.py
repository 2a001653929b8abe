# Each module of the library that the core promises, used once.
import abc, argparse, bisect, collections, contextlib, copy, dataclasses, dis, enum, functools, heapq, inspect, io, itertools, json
import math, operator, os, pathlib, pprint, queue, random, re, string, sys, textwrap, threading, time, timeit, traceback, types, typing

print(json.loads(json.dumps({"a": [1, 2.5, None, True, "é"]})))  # expect: {'a': [1, 2.5, None, True, 'é']}
print(re.findall(r"(\w+)@(\w+)", "a@b c@d"), re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "1 22"))  # expect: [('a', 'b'), ('c', 'd')] 2 44
print(random.Random(42).random(), random.Random("seed").randint(1, 100))  # expect: 0.6394267984578837 18
print(collections.Counter("abca").most_common(1), collections.OrderedDict(a=1), collections.deque([1, 2], maxlen=2))  # expect: [('a', 2)] OrderedDict({'a': 1}) deque([1, 2], maxlen=2)
print(collections.namedtuple("P", "x y")(1, 2), collections.defaultdict(list, a=[1]), collections.ChainMap({"a": 1}, {"b": 2})["b"])  # expect: P(x=1, y=2) defaultdict(<class 'list'>, {'a': [1]}) 2
print(functools.reduce(operator.mul, range(1, 6)), functools.partial(int, base=2)("101"))  # expect: 120 5


@functools.lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info().misses)  # expect: 23416728348467685 81
print(list(itertools.permutations("abc", 2))[:2], list(itertools.accumulate([1, 2, 3])))  # expect: [('a', 'b'), ('a', 'c')] [1, 3, 6]


@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: int = 0


print(Point(1), Point(1) < Point(2), dataclasses.asdict(Point(3, 4)))  # expect: Point(x=1, y=0) True {'x': 3, 'y': 4}


class Colour(enum.Enum):
    RED = 1
    BLUE = enum.auto()


print(Colour.RED, list(Colour), Colour(2).name)  # expect: Colour.RED [<Colour.RED: 1>, <Colour.BLUE: 2>] BLUE
print(typing.get_type_hints(Point)["x"], typing.Optional[int], list[int])  # expect: <class 'int'> int | None list[int]


@contextlib.contextmanager
def tag(name):
    print("<" + name + ">")
    yield name
    print("</" + name + ">")


with tag("b") as t:  # expect: <b>
    print(t)  # expect: b
# expect: </b>
print(string.Template("$a-$b").substitute(a=1, b=2), textwrap.fill("aa bb cc", 5).split("\n"))  # expect: 1-2 ['aa bb', 'cc']
original = [[1], {"k": (2,)}]
print(copy.deepcopy(original) == original, copy.copy(original)[0] is original[0])  # expect: True True
heap = [5, 1, 4]
heapq.heapify(heap)
print(heapq.heappop(heap), bisect.bisect([1, 3, 5], 3))  # expect: 1 2
parser = argparse.ArgumentParser(prog="p")
parser.add_argument("--n", type=int, default=1)
print(parser.parse_args(["--n", "5"]))  # expect: Namespace(n=5)
print(pathlib.PurePosixPath("/a/b.txt").suffix, os.path.join("a", "b"), math.isqrt(10), math.pi)  # expect: .txt a/b 3 3.141592653589793
try:
    {}["k"]
except KeyError:
    print(traceback.format_exc().splitlines()[-1])  # expect: KeyError: 'k'
print(inspect.signature(lambda a, *, b=1: a), [i.opname for i in dis.get_instructions(compile("1", "", "eval"))])  # expect: (a, *, b=1) ['RESUME', 'LOAD_SMALL_INT', 'RETURN_VALUE']
print(timeit.timeit("1", number=1) >= 0, time.time() > 0, threading.current_thread().name)  # expect: True True MainThread
pprint.pprint({"b": 1, "a": [2]})  # expect: {'a': [2], 'b': 1}


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


try:
    Shape()
except TypeError as e:
    print(e)  # expect: Can't instantiate abstract class Shape without an implementation for abstract method 'area'
print(types.SimpleNamespace(a=1), io.StringIO("x\ny").readlines(), sys.version_info[:2], queue.Queue().empty())  # expect: namespace(a=1) ['x\n', 'y'] (3, 14) True

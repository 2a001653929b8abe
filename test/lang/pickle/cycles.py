# Shared objects stay shared, and cycles close again, through tuples and instances too.
import pickle


class Node:
    def __init__(self, name):
        self.name = name
        self.others = []


a = Node("a")
b = Node("b")
a.others.append(b)
b.others.append(a)
loop = ([],)
loop[0].append(loop)
for protocol in range(6):
    x = pickle.loads(pickle.dumps(a, protocol))
    y = pickle.loads(pickle.dumps(loop, protocol))
    shared = pickle.loads(pickle.dumps([a.others, a.others], protocol))
    print(x.others[0].others[0] is x, y[0][0] is y, shared[0] is shared[1], x.__dict__ == vars(x))
# expect: True True True True
# expect: True True True True
# expect: True True True True
# expect: True True True True
# expect: True True True True
# expect: True True True True

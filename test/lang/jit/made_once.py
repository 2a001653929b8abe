# An object with a finaliser is made once for each call of its class, also where the arguments have to be bound in another way than was tried first.
import gc


class Task:
    made = ended = 0

    def __init__(self, work, *, loop=None, name=None, eager=False):
        Task.made += 1
        self.work = work
        self.name = name

    def __del__(self):
        Task.ended += 1


class Rest:
    ended = 0

    def __init__(*args, **kwargs):
        args[0].args = args[1:]

    def __del__(self):
        Rest.ended += 1


def make(cls, work, **kwargs):
    return cls(work, loop=1, **kwargs)


def spread(cls, *args, **kwargs):
    return cls(*args, **kwargs)


def failing(cls, **kwargs):
    try:
        return cls(**kwargs)
    except TypeError as error:
        return str(error)


for i in range(300):
    make(Task, i, eager=True, name=f"task {i}")
    make(Task, i)
    spread(Task, i, name="spread")
    spread(Rest, i, name=i)
print(failing(Task, wrong=1), Task.made)  # expect: Task.__init__() got an unexpected keyword argument 'wrong' 900
gc.collect()
gc.collect()
print(Task.made, Task.ended - Task.made <= 1, Rest.ended <= 300)  # expect: 900 True True

"""What happens to files, generators and coroutines that nobody closes: written at once, finalised by gc.collect() and at the end."""
import asyncio
import gc
import io
import os
import sys
import tempfile
import warnings

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'dropped')
open(path, 'w').write('first')
print(open(path).read(), os.path.getsize(path))  # expect: first 5
open(path, 'w').write('second')
with open(path, 'a') as file:
    file.write(' more')
print(open(path).read())  # expect: second more


def drop_open_file():
    open(path, 'w').write('third')


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    gc.collect()
    del caught[:]
    drop_open_file()
    gc.collect()
    print([str(warning.message).split(path)[0] for warning in caught])  # expect: ["unclosed file <_io.TextIOWrapper name='"]


def closing(name):
    try:
        yield name
    finally:
        print('closed', name)


def drop_generators():
    next(closing('alone'))


drop_generators()
gc.collect()  # expect: closed alone


class Raw(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        print('raw', bytes(data))
        return len(data)


def drop_writer():
    io.BufferedWriter(Raw()).write(b'kept back')


drop_writer()
gc.collect()  # expect: raw b'kept back'


async def never():
    pass


def drop_coroutine():
    never()


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    drop_coroutine()
    gc.collect()
    print([str(warning.message) for warning in caught])  # expect: ["coroutine 'never' was never awaited"]


async def agen():
    try:
        yield 1
    finally:
        print('async generator closed')


async def main():
    iterator = agen()
    await anext(iterator)
    del iterator
    gc.collect()
    await asyncio.sleep(0.01)


asyncio.run(main())  # expect: async generator closed


async def fail():
    raise ValueError('nobody asks')


async def lose_task():
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print(context['message'], context['exception']))
    asyncio.create_task(fail())
    await asyncio.sleep(0.01)
    gc.collect()


asyncio.run(lose_task())  # expect: Task exception was never retrieved nobody asks

count = 0


class Counted:
    def __del__(self):
        global count
        count += 1


def make_many():
    for _ in range(80_000):
        Counted()


make_many()
print(count > 0)  # expect: True
gc.collect()
# The one that was made as the interpreter collected by itself may need another round.
gc.collect()
print(count)  # expect: 80000
at_end = closing('at the end')
next(at_end)
os.remove(path)
os.rmdir(folder)
# expect: closed at the end

# Subinterpreters of the standard library: executors, exec, call, queues, errors.
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor


def square(n):
    return n * n


if __name__ == "__main__":
    with ThreadPoolExecutor(3) as executor:
        print(list(executor.map(square, range(5))))  # expect: [0, 1, 4, 9, 16]
    with InterpreterPoolExecutor(2) as executor:
        print(list(executor.map(square, range(5))))  # expect: [0, 1, 4, 9, 16]
        try:
            executor.submit(len, 5).result()
        except TypeError as e:
            print(e)  # expect: object of type 'int' has no len()
    i = interpreters.create()
    print(i.whence, i.is_running())  # expect: _interpreters module False
    i.exec("print('in sub')")  # expect: in sub
    try:
        i.exec("raise ValueError('no')")
    except interpreters.ExecutionFailed as e:
        print(e.excinfo.type.__name__, e.excinfo.msg)  # expect: ValueError no
    print(i.call(square, 7))  # expect: 49
    i.prepare_main(a=1, b="x")
    i.exec("print(a, b)")  # expect: 1 x
    q = interpreters.create_queue()
    i.prepare_main(q=q)
    i.exec("q.put((1, 'two', 3.0))")
    print(q.get(timeout=5), q.qsize(), q.empty())  # expect: (1, 'two', 3.0) 0 True
    t = i.call_in_thread(square, 3)
    t.join()
    i.close()
    print(interpreters.list_all())  # expect: [Interpreter(0)]
    try:
        i.exec("1")
    except interpreters.InterpreterNotFoundError as e:
        print("gone")  # expect: gone

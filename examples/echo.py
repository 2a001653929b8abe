"""A TCP server that gives back what it hears, and its clients, in one asyncio program.

    ladon examples/echo.py
"""
import asyncio


async def echo(reader, writer):
    """Serves one client until it has said all."""
    while data := await reader.read(1000):
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def ask(port, text):
    """Says `text` to the server and returns what comes back."""
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(text.encode())
    writer.write_eof()
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return answer


async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        answers = await asyncio.gather(*[ask(port, f'hello {n}') for n in range(100)])
        print(len(answers), 'answers, first', repr(answers[0]), 'last', repr(answers[-1]))
        large = 'x' * 1_000_000
        print('a megabyte came back unchanged:', await ask(port, large) == large)


if __name__ == '__main__':
    asyncio.run(main())

# expect: 100 answers, first 'hello 0' last 'hello 99'
# expect: a megabyte came back unchanged: True

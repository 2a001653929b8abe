import asyncio, os, tempfile

async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()

async def talk(reader, writer, *words):
    for word in words:
        writer.write(word + b'\n')
    writer.write_eof()
    text = await reader.read()
    writer.close()
    await writer.wait_closed()
    return text

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    async def client(n):
        return await talk(*await asyncio.open_connection('127.0.0.1', port), b'hello', b'client %d' % n)
    print(await asyncio.gather(*[client(n) for n in range(3)]))
    server.close()
    await server.wait_closed()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'socket')
        async with await asyncio.start_unix_server(serve, path):
            print(await talk(*await asyncio.open_unix_connection(path), b'unix', b'x' * 60000) == b'UNIX\n' + b'X' * 60000 + b'\n')
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except ConnectionRefusedError as error:
        print(error.errno)

asyncio.run(main())

# expect: [b'HELLO\nCLIENT 0\n', b'HELLO\nCLIENT 1\n', b'HELLO\nCLIENT 2\n']
# expect: True
# expect: 111

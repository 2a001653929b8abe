"""A crawler with a limit on open connections, and the site that it crawls, in one program.

    ladon examples/crawler.py
"""
import asyncio
import re
from urllib.parse import urljoin, urlsplit

PAGES = 40
OPEN_CONNECTIONS = 5


def page(number):
    """The text of a page of the site: links to the two pages below it, and one that leads nowhere."""
    children = [n for n in (2 * number, 2 * number + 1) if n <= PAGES]
    links = ''.join(f'<a href="/page/{n}">page {n}</a>' for n in children)
    return f'<h1>Page {number}</h1>{links}<a href="/missing">missing</a>'


async def serve(reader, writer):
    """Answers one request of HTTP/1.1 and closes the connection."""
    request = (await reader.readuntil(b'\r\n\r\n')).decode()
    path = request.split()[1]
    found = re.fullmatch(r'/page/(\d+)', path)
    status, body = ('200 OK', page(int(found[1]))) if found else ('404 Not Found', 'nothing here')
    await asyncio.sleep(0.005)
    writer.write(f'HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}'.encode())
    await writer.drain()
    writer.close()


async def fetch(url):
    """Status and text of a URL."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f'GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n'.encode())
    head, _, body = (await reader.read()).partition(b'\r\n\r\n')
    writer.close()
    await writer.wait_closed()
    return int(head.split()[1]), body.decode()


async def crawl(start):
    """Follows all links from `start`; returns the status of every URL."""
    statuses = {start: None}
    gate = asyncio.Semaphore(OPEN_CONNECTIONS)

    async with asyncio.TaskGroup() as group:
        async def visit(url):
            async with gate:
                statuses[url], text = await fetch(url)
            for link in re.findall(r'href="([^"]+)"', text):
                target = urljoin(url, link)
                if target not in statuses:
                    statuses[target] = None
                    group.create_task(visit(target))

        group.create_task(visit(start))
    return statuses


async def main():
    async with await asyncio.start_server(serve, '127.0.0.1', 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(30):
            statuses = await crawl(f'http://127.0.0.1:{port}/page/1')
        found = sum(status == 200 for status in statuses.values())
        missing = [urlsplit(url).path for url, status in statuses.items() if status == 404]
        print(f'{found} pages found, missing: {missing}')


if __name__ == '__main__':
    asyncio.run(main())

# expect: 40 pages found, missing: ['/missing']

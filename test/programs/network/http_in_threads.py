# A server in threads and clients in others, all of one interpreter: blocked reads do not stand in each other's way.
import http.server, threading, urllib.request

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello ' + self.path.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f'http://127.0.0.1:{server.server_port}'
answers = []

def ask(n):
    answers.append(urllib.request.urlopen(f'{base}/{n}').read())

threads = [threading.Thread(target=ask, args=(n,)) for n in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(answers))
print(urllib.request.urlopen(base, data=b'abc' * 50000).read() == b'cba' * 50000)
server.shutdown()
server.server_close()

# expect: [b'hello /0', b'hello /1', b'hello /2', b'hello /3', b'hello /4']
# expect: True

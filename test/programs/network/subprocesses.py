import os, signal, subprocess

print(subprocess.run(['echo', 'hi'], capture_output=True, text=True))
print(subprocess.check_output(['cat'], input=b'abc' * 50000) == b'abc' * 50000)
print(subprocess.run('echo out; echo err >&2; exit 3', shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
for command, options in ((['/nonexistent'], {}), (['ls'], {'cwd': '/nonexistent'}), (['/'], {})):
    try:
        subprocess.run(command, **options)
    except OSError as error:
        print(error)
process = subprocess.Popen(['sleep', '10'])
process.kill()
print(process.wait() == -signal.SIGKILL)
first = subprocess.Popen(['echo', 'pipeline'], stdout=subprocess.PIPE)
second = subprocess.Popen(['tr', 'a-z', 'A-Z'], stdin=first.stdout, stdout=subprocess.PIPE)
first.stdout.close()
print(second.communicate(), first.wait())
try:
    subprocess.run(['sleep', '5'], timeout=0.05)
except subprocess.TimeoutExpired as error:
    print(error)
with subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
    process.stdin.write('line\n')
    process.stdin.flush()
    print(process.stdout.readline())
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError as error:
    print(error.errno)

# expect: CompletedProcess(args=['echo', 'hi'], returncode=0, stdout='hi\n', stderr='')
# expect: True
# expect: CompletedProcess(args='echo out; echo err >&2; exit 3', returncode=3, stdout=b'out\nerr\n')
# expect: [Errno 2] No such file or directory: '/nonexistent'
# expect: [Errno 2] No such file or directory: '/nonexistent'
# expect: [Errno 13] Permission denied: '/'
# expect: True
# expect: (b'PIPELINE\n', None) 0
# expect: Command '['sleep', '5']' timed out after 0.05 seconds
# expect: line
# expect: 
# expect: 10

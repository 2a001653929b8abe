import asyncio, os, signal

async def main():
    process = await asyncio.create_subprocess_exec('tr', 'a-z', 'A-Z', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await process.communicate(b'piped'), process.returncode)
    process = await asyncio.create_subprocess_shell('echo out; echo err >&2; exit 3', stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    print(await process.communicate(), process.returncode)
    process = await asyncio.create_subprocess_exec('sleep', '10')
    process.terminate()
    print(await process.wait())
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR2, came.set)
    os.kill(os.getpid(), signal.SIGUSR2)
    await asyncio.wait_for(came.wait(), 5)
    print('signalled', loop.remove_signal_handler(signal.SIGUSR2))
    print(await asyncio.to_thread(sum, [1, 2, 3]))

asyncio.run(main())

# expect: (b'PIPED', None) 0
# expect: (b'out\n', b'err\n') 3
# expect: -15
# expect: signalled True
# expect: 6

"""How evenly two busy threads share one interpreter: work done by each in the given number of seconds."""
import sys, threading, time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
counts = [0, 0]
stop = False


def work(index):
    count = 0
    while not stop:
        for _ in range(100):
            pass
        count += 1
    counts[index] = count


threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
for thread in threads:
    thread.start()
time.sleep(seconds)
stop = True
for thread in threads:
    thread.join()
print(f"shares {100 * counts[0] / sum(counts):.1f} % and {100 * counts[1] / sum(counts):.1f} %")

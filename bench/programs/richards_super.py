"""An operating system in small: tasks with queues of packets, scheduled by priority with `super()` at every level."""

EXPECTED = (13822, [2765, 2762, 3457, 3454, 1384, 6000], [306684, 139298])

IDLE, WORKER, HANDLER, DEVICE = range(4)


class Packet:
    def __init__(self, kind, owner):
        self.kind = kind
        self.owner = owner
        self.next = None
        self.datum = 0
        self.data = [0, 0, 0, 0]


class Queue:
    """Packets, linked through `next`."""

    def __init__(self):
        self.head = None
        self.tail = None

    def put(self, packet):
        packet.next = None
        if self.head is None:
            self.head = packet
        else:
            self.tail.next = packet
        self.tail = packet

    def take(self):
        packet = self.head
        self.head = packet.next
        return packet

    def empty(self):
        return self.head is None


class Task:
    def __init__(self, system, priority):
        self.system = system
        self.priority = priority
        self.inbox = Queue()
        self.held = False
        self.steps = 0

    def ready(self):
        return not self.held and not self.inbox.empty()

    def step(self):
        self.steps += 1


class Idle(Task):
    """Wakes one of the devices, by the low bit of a shift register."""

    def __init__(self, system, priority, left):
        super().__init__(system, priority)
        self.left = left
        self.register = 1

    def ready(self):
        return self.left > 0 or super().ready()

    def step(self):
        super().step()
        self.left -= 1
        if self.register & 1:
            self.register = (self.register >> 1) ^ 0xD008
            self.system.release(0)
        else:
            self.register >>= 1
            self.system.release(1)


class Worker(Task):
    """Fills packets with letters and sends them to the handlers by turns."""

    def __init__(self, system, priority):
        super().__init__(system, priority)
        self.letter = 0
        self.turn = 0

    def step(self):
        super().step()
        packet = self.inbox.take()
        self.turn = 1 - self.turn
        packet.datum = 0
        data = packet.data
        for i in range(4):
            self.letter = self.letter % 26 + 1
            data[i] = 64 + self.letter
        self.system.send(self.system.handlers[self.turn], packet)


class Handler(Task):
    """Gives the letters of a packet to its device one by one, then the packet back to the worker."""

    def __init__(self, system, priority, device):
        super().__init__(system, priority)
        self.device = device

    def step(self):
        super().step()
        packet = self.inbox.take()
        if packet.datum < 4:
            packet.kind = packet.data[packet.datum]
            packet.datum += 1
            self.system.send(self.device, packet)
        else:
            self.system.send(self.system.worker, packet)


class Device(Task):
    """Takes a letter, and rests until the idle task releases it."""

    def __init__(self, system, priority):
        super().__init__(system, priority)
        self.owner = None
        self.total = 0

    def step(self):
        super().step()
        packet = self.inbox.take()
        self.total = (self.total * 31 + packet.kind) % 1_000_003
        self.held = True
        self.system.send(self.owner, packet)


class System:
    def __init__(self, cycles):
        self.devices = [Device(self, 500), Device(self, 600)]
        self.handlers = [Handler(self, 200, self.devices[0]), Handler(self, 300, self.devices[1])]
        for device, handler in zip(self.devices, self.handlers):
            device.owner = handler
        self.worker = Worker(self, 100)
        self.tasks = [*reversed(self.devices), *reversed(self.handlers), self.worker, Idle(self, 0, cycles)]
        self.sent = 0
        for _ in range(3):
            self.worker.inbox.put(Packet(0, self.worker))

    def send(self, task, packet):
        self.sent += 1
        packet.owner = task
        task.inbox.put(packet)

    def release(self, number):
        self.devices[number].held = False

    def schedule(self):
        tasks = self.tasks
        running = True
        while running:
            running = False
            for task in tasks:
                if task.ready():
                    task.step()
                    running = True
                    break


def run():
    system = System(6_000)
    system.schedule()
    return system.sent, [task.steps for task in system.tasks], [device.total for device in system.devices]


if __name__ == "__main__":
    assert run() == EXPECTED

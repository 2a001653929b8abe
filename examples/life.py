"""A small simulation: Conway's Game of Life on a torus, many worlds, each run for some generations."""

SIZE = 32
GENERATIONS = 24
WORLDS = 12


def world(seed):
    state = seed * 7_919 + 1
    cells = set()
    for y in range(SIZE):
        for x in range(SIZE):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            if state >> 16 & 3 == 0:
                cells.add((x, y))
    return cells


def step(cells):
    neighbours = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = ((x + dx) % SIZE, (y + dy) % SIZE)
                    neighbours[cell] = neighbours.get(cell, 0) + 1
    return {cell for cell, count in neighbours.items() if count == 3 or (count == 2 and cell in cells)}


def items():
    return range(WORLDS)


def work(seed):
    cells = world(seed)
    for _ in range(GENERATIONS):
        cells = step(cells)
    return len(cells)


def check(results):
    assert len(results) == WORLDS and all(0 <= alive <= SIZE * SIZE for alive in results)


if __name__ == "__main__":
    alive = [work(seed) for seed in items()]
    check(alive)
    print("alive:", alive)

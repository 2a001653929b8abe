"""Ray tracing: spheres over a checked floor, with shadows and mirrors (vectors as instances)."""

import math

EXPECTED = (768, 363.260835)


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def reflected(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius, colour, mirror):
        self.centre = centre
        self.radius = radius
        self.colour = colour
        self.mirror = mirror

    def distance(self, origin, direction):
        """The distance to the first hit of a ray, or None."""
        to_centre = self.centre - origin
        along = to_centre.dot(direction)
        inside = self.radius * self.radius - to_centre.dot(to_centre) + along * along
        if along <= 0 or inside < 0:
            return None
        return along - math.sqrt(inside)

    def normal(self, point):
        return (point - self.centre).unit()

    def colour_at(self, point):
        return self.colour


class Floor:
    mirror = 0.1

    def __init__(self, height):
        self.height = height

    def distance(self, origin, direction):
        if direction.y > -1e-6:
            return None
        return (self.height - origin.y) / direction.y

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def colour_at(self, point):
        return 0.9 if (math.floor(point.x) + math.floor(point.z)) % 2 else 0.2


class Scene:
    def __init__(self, things, light):
        self.things = things
        self.light = light

    def hit(self, origin, direction):
        nearest = None
        for thing in self.things:
            distance = thing.distance(origin, direction)
            if distance is not None and distance > 1e-6 and (nearest is None or distance < nearest[0]):
                nearest = distance, thing
        return nearest

    def trace(self, origin, direction, depth):
        found = self.hit(origin, direction)
        if found is None:
            return 0.5 + 0.4 * direction.y
        distance, thing = found
        point = origin + direction * distance
        normal = thing.normal(point)
        to_light = (self.light - point).unit()
        brightness = 0.1
        if self.hit(point + normal * 1e-4, to_light) is None:
            brightness += max(0.0, normal.dot(to_light))
        colour = thing.colour_at(point) * brightness
        if depth and thing.mirror:
            mirrored = self.trace(point + normal * 1e-4, direction.reflected(normal), depth - 1)
            colour = colour * (1.0 - thing.mirror) + mirrored * thing.mirror
        return colour


def run():
    things = [Sphere(Vector(i - 2.0, 0.6 * (i % 2), 4.0 + i), 0.7, 0.3 + 0.15 * i, 0.25) for i in range(4)]
    scene = Scene([*things, Floor(-0.8)], Vector(-5.0, 8.0, -3.0))
    eye = Vector(0.0, 0.3, -2.0)
    width, height = 32, 24
    pixels = []
    for y in range(height):
        for x in range(width):
            pixels.append(scene.trace(eye, Vector((x - width / 2) / width, (height / 2 - y) / width, 1.0).unit(), 2))
    return len(pixels), round(sum(pixels), 6)


if __name__ == "__main__":
    assert run() == EXPECTED

"""Constraints in a graph: an incremental solver plans which way each constraint flows, by strength (small classes, virtual calls)."""

EXPECTED = (39, (1170, 5, 2397210))

REQUIRED, STRONG, NORMAL, WEAK, WEAKEST = range(5)


class Variable:
    def __init__(self, value):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.mark = 0


class Constraint:
    def __init__(self, strength, *variables):
        self.strength = strength
        self.variables = variables
        self.output = None
        for variable in variables:
            variable.constraints.append(self)

    def choose_output(self, mark):
        """The variable that this constraint may set: not marked, and held more weakly than by this."""
        best = None
        for variable in self.outputs():
            if variable.mark != mark and variable.strength > self.strength and (best is None or variable.strength > best.strength):
                best = variable
        return best

    def outputs(self):
        return self.variables

    def inputs(self):
        return [variable for variable in self.variables if variable is not self.output]

    def output_strength(self):
        strength = self.strength
        for variable in self.inputs():
            if variable.strength > strength:
                strength = variable.strength
        return strength


class Stay(Constraint):
    def execute(self):
        pass


class Edit(Constraint):
    def execute(self):
        pass


class Equal(Constraint):
    def execute(self):
        first, second = self.variables
        if self.output is second:
            second.value = first.value
        else:
            first.value = second.value


class Scale(Constraint):
    """second == first * factor + offset."""

    def __init__(self, strength, first, second, factor, offset):
        Constraint.__init__(self, strength, first, second)
        self.factor = factor
        self.offset = offset

    def execute(self):
        first, second = self.variables
        if self.output is second:
            second.value = first.value * self.factor + self.offset
        else:
            first.value = (second.value - self.offset) // self.factor


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        """Enforces the constraint; what it pushes aside looks for another variable."""
        self.mark += 1
        while constraint is not None:
            constraint = self.satisfy(constraint)

    def satisfy(self, constraint):
        output = constraint.choose_output(self.mark)
        constraint.output = output
        if output is None:
            return None
        for variable in constraint.inputs():
            variable.mark = self.mark
        overridden = output.determined_by
        if overridden is not None:
            overridden.output = None
        output.determined_by = constraint
        output.mark = self.mark
        self.propagate(constraint)
        return overridden

    def propagate(self, constraint):
        """Recomputes strengths and values downstream."""
        for each in self.plan([constraint]):
            each.output.strength = each.output_strength()
            each.execute()

    def plan(self, sources):
        """The constraints downstream of `sources`, in order of flow."""
        plan, todo = [], list(sources)
        while todo:
            constraint = todo.pop()
            plan.append(constraint)
            output = constraint.output
            for other in output.constraints:
                if other is not constraint and other.output is not None and other.output is not output:
                    todo.append(other)
        return plan

    def remove(self, constraint):
        output = constraint.output
        for variable in constraint.variables:
            variable.constraints.remove(constraint)
        if output is None:
            return
        constraint.output = output.determined_by = None
        output.strength = WEAKEST
        waiting = [other for other in output.constraints if other.output is None]
        for other in sorted(waiting, key=lambda other: other.strength):
            self.add(other)


def change(planner, variable, values):
    edit = Edit(STRONG, variable)
    planner.add(edit)
    plan = planner.plan([edit])
    for value in values:
        variable.value = value
        for constraint in plan:
            constraint.execute()
    planner.remove(edit)


def chain(length):
    """A long row of equal variables, edited at its start."""
    planner = Planner()
    variables = [Variable(0) for _ in range(length)]
    for left, right in zip(variables, variables[1:]):
        planner.add(Equal(REQUIRED, left, right))
    planner.add(Stay(WEAK, variables[-1]))
    change(planner, variables[0], range(40))
    return variables[-1].value


def projection(count):
    """Many pairs that share a factor and an offset, edited from either end."""
    planner = Planner()
    pairs = []
    for i in range(count):
        pairs.append((Variable(i), Variable(i)))
        planner.add(Stay(NORMAL, pairs[i][0]))
        planner.add(Scale(REQUIRED, *pairs[i], 10, 1_000))
    change(planner, pairs[0][0], [17])
    change(planner, pairs[1][1], [1_050])
    return pairs[0][1].value, pairs[1][0].value, sum(second.value for _, second in pairs)


def run():
    return chain(250), projection(600)


if __name__ == "__main__":
    assert run() == EXPECTED

for src in ('def f():\n x = 1\n global x', 'nonlocal x', 'def f(a, a): pass', 'return 1', 'break', 'def f():\n nonlocal zz', 'yield', 'await x', 'f(a=1, 2)', 'x = 1 = 2', '1 = x', 'del f()', 'def f(a=1, b): pass', 'class A: return', '*a', 'lambda: (yield) = 1'):
    try: compile(src, 'f', 'exec')
    except SyntaxError as e: print(e.msg)

# expect: name 'x' is assigned to before global declaration
# expect: nonlocal declaration not allowed at module level
# expect: duplicate argument 'a' in function definition
# expect: 'return' outside function
# expect: 'break' outside loop
# expect: no binding for nonlocal 'zz' found
# expect: 'yield' outside function
# expect: 'await' outside function
# expect: positional argument follows keyword argument
# expect: cannot assign to literal
# expect: cannot assign to literal here. Maybe you meant '==' instead of '='?
# expect: cannot delete function call
# expect: parameter without a default follows parameter with a default
# expect: 'return' outside function
# expect: can't use starred expression here
# expect: cannot assign to lambda

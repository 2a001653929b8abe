class A:
    v = 1
    def f(self):
        try: return v
        except NameError as e: return str(e)
print(A().f())  # expect: name 'v' is not defined

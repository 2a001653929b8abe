try: pass
except* ValueError: print('no')
else: print('else')
finally: print('finally')

# expect: else
# expect: finally

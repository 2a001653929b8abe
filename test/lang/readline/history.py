import os, readline, tempfile
readline.clear_history()
for line in ('one', 'two', 'three'):
    readline.add_history(line)
readline.replace_history_item(0, 'ONE')
readline.remove_history_item(1)
print([readline.get_history_item(i) for i in range(4)], readline.get_current_history_length())  # expect: [None, 'ONE', 'three', None] 2
path = os.path.join(tempfile.mkdtemp(), 'history')
readline.write_history_file(path)
readline.add_history('four')
readline.append_history_file(1, path)
readline.clear_history()
readline.read_history_file(path)
print([readline.get_history_item(i) for i in (1, 2, 3)])  # expect: ['ONE', 'three', 'four']
def completer(text, state):
    return None
readline.set_completer(completer)
print(readline.get_completer() is completer, readline.parse_and_bind('tab: complete'), readline.get_line_buffer() == '')  # expect: True None True
for action in (lambda: readline.remove_history_item(9), lambda: readline.remove_history_item(-1), lambda: readline.set_completer(3), lambda: readline.read_history_file('/no/such/file')):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError No history item at position 9
# expect: ValueError History index cannot be negative
# expect: TypeError set_completer(func): argument not callable
# expect: FileNotFoundError [Errno 2] No such file or directory

print(repr('a\'b'), repr("a'b\""), repr('\n\t\\\x00\x7f'), repr('é\u200b\U0001f600'), ascii('é\U0001f600'))  # expect: "a'b" 'a\'b"' '\n\t\\\x00\x7f' 'é\u200b😀' '\xe9\U0001f600'

"""消息与待办。The viewer's messages and to-dos."""

# What mongod may write into its log: what happened, never to which values. Only the Enterprise
# server can do that by itself (redactClientLogData). Slow operations are not logged at all
# (slowOpSampleRate 0); warnings, such as of a query whose client has gone, carry the whole command
# and cannot be turned off. So the facts ("attr") of a line are left out, unless its component never
# handles data; and of those too where they hold a command, an entry of the oplog or a key.
/"c":"(ACCESS|ASIO|CONNPOOL|CONTROL|ELECTION|FTDC|INITSYNC|NETWORK|RECOVERY|REPL|REPL_HB|ROLLBACK|SHARDING|STORAGE|WT[A-Z]*)"/!s/,"attr":.*/}/
/dup key:|"(CRUD|cmd|command|doc|document|entry|op|oplogEntry|query)":/s/,"attr":.*/}/

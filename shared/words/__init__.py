"""Chinese words, for search and likeness: those of jieba, without its memory (decision record 15).

`cutting.cut` gives the words of a text and the words within them. Segmenters that give as good ones
hold a dictionary of 33 MB and more in each process, or write a cache at their first use; here the
dictionary is 2.8 MB of files, made with the environment and mapped. marisa-trie was chosen because
it does the mapping, is kept up and has wheels for every machine that we run on. The rule is that
of jieba: the cut whose words are likeliest together, and a hidden Markov model for what no
dictionary knows. The longest proposal takes 5 ms: cut a text when it changes, not when it is read.
"""

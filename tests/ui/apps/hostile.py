"""Text that a careless page would run, fetch, format or turn around. Written by ourselves."""

HOSTILE = [
    "<script>window.hit = 1</script> said the mayor",
    '<img src=https://evil.example/x.png onerror="window.hit = 1">',
    "![pic](https://evil.example/y.png)",
    "[link](javascript:window.hit=1)",
    "$$\\int_0^1 x$$ and $5",
    ":red[not red] :material/home: :smile:",
    "# heading\n- list\n> quote",
    "`code` **bold** _it_ ~~no~~",
    "&lt;b&gt; &amp; &#60;",
    "</div></textarea></script><svg onload=window.hit=1>",
    "{{ 7*7 }} ${7*7} #{7*7} <%= 7*7 %>",
    "https://evil.example/auto and www.evil.example",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    '=HYPERLINK("https://evil.example")',
    "\u202egnp.exe\u202c",
    "x' OR 1=1; --",
]

"""LaTeX text of .bib fields → runs."""

import pytest

from pipeline.model.references import Run
from pipeline.readers.addresses import cleaned_address, cleaned_doi
from pipeline.readers.bibtex.latex import read_latex, read_plain

PLAIN = {
    r"\'{E}tude \`a la fran\c{c}aise": "Étude à la française",
    r"M{\"u}ller, \"Ozg\"ur, K\"{o}nig": "Müller, Özgür, König",
    r"Ji\v{r}\'{\i} \v Cern\'y": "Jiří Černý",
    r"na\"{\i}ve, \^{\i}le, \u{\i}, \.{I}, \={\i}": "naïve, île, ĭ, İ, ī",
    r"\~n \H{o} \k{a} \r{a} \d{s} \b{t} \u{g} \.z": "ñ ő ą å ṣ ṯ ğ ż",
    r"\'{}x \^{} \~{}": "´x ^ ~",
    r"{\O}stergaard, \o re, \L\'od\'z, Stra\ss e, {\ss}": "Østergaard, øre, Łódź, Straße, ß",
    r"\ae \AE \oe \OE \aa \AA \dh \th \dj \ng": "æÆœŒåÅðþđŋ",
    r"\i\j": "ıȷ",
    "a -- b --- c - d": "a – b — c - d",
    "``outer `inner' ''": "“outer ‘inner’ ”",
    "it's ?`c\\'omo? !`hola!": "it’s ¿cómo? ¡hola!",
    r"50\% of R\&D \#1 a\_b \$5 \{x\}": "50% of R&D #1 a_b $5 {x}",
    "100% of it": "100% of it",
    "one % a comment at the end of a line\n two": "one % a comment at the end of a line two",
    "one %\n  two": "one two",
    "A~B": "A\u00a0B",
    "a\\ b\\,c\\/d\\-e": "a b\u2009cde",
    "one\\\\two": "one two",
    "  a\n\t b  ": "a b",
    "{A} {{B}} {C{D}}": "A B CD",
    r"\LaTeX{} and \TeX\ here": "LaTeX and TeX here",
    r"\textregistered \texttrademark \copyright \pounds 5 \texteuro 6": "®™©£5 €6",
    r"\enquote{hi} \mkbibquote{ho}": "“hi” “ho”",
    r"{\noopsort{1973b}}1973": "1973",
    r"\MakeUppercase{stra{\ss}e} \lowercase{ABC}": "STRASSE abc",
    r"\foreignlanguage{german}{Das Gas}": "Das Gas",
    r"\textcolor{red}{hot}": "hot",
    r"\textcyrillic{Газ}\adddot \vphantom{x}\isdot {}y": "Газ.y",
    r"$a\backslash b$, $\textup{d}x$": "a\\b, dx",
    r"$\alpha$-blockers, $\beta$ and \gamma": "α-blockers, β and γ",
    r"$5 billion to $6 billion": "$5 billion to $6 billion",
    r"a $10 levy": "a $10 levy",
    r"$n=3$, $p < 0.05$, $x \times y$": "n=3, p < 0.05, x × y",
    r"$O(n \log n)$, $x \in \mathbb{R}$, $5\pm 2$, $\alpha x$": "O(n log n), x ∈ R, 5±2, αx",
    r"A&amp;B \&amp; C&nbsp;D &#8211; &lt;b&gt;": "A&B & C\u00a0D – <b>",
    "AT&T; R&D; &nosuch; &#0; 1 < 2 <script>": "AT&T; R&D; &nosuch; \ufffd 1 < 2 <script>",
    "&#8238;x&#x202e;": "x",
    r"$-5$ and $f'$": "−5 and f′",
    r"$\frac{1}{2}$, $\sqrt{x}$, $\hat{y}$, $\mathrm{CO}$": "1/2, √x, ŷ, CO",
    r"25$^\circ$C, 5$^{\circ}$": "25°C, 5°",
    r"\(x+y\) and \[z\]": "x+y and z",
    r"\ensuremath{\mu}m": "μm",
    r"\(unended": "unended",
    "{unclosed": "unclosed",
    "closed}": "closed",
    "\\": "\\",
    "$": "$",
    "": "",
}


@pytest.mark.parametrize(("latex", "text"), PLAIN.items(), ids=[repr(latex) for latex in PLAIN])
def test_text_is_read(latex, text):
    assert read_plain(latex) == text
    assert read_latex(latex)[1] == []


RUNS = {
    "<i>Homo</i> sp. CO<sub>2</sub>": (
        Run("Homo", italic=True),
        Run(" sp. CO"),
        Run("2", position="sub"),
    ),
    r"{\textless}i{\textgreater}Homo{\textless}/i{\textgreater}": (Run("Homo", italic=True),),
    '<span class="nocase">A <b>b \\emph{c}</b></span>': (
        Run("A "),
        Run("b ", bold=True),
        Run("c", bold=True, italic=True),
    ),
    "a <i> b</b> </i> c <b>": (Run("a "), Run(" b</b> ", italic=True), Run(" c <b>")),
    r"\emph{a} b": (Run("a", italic=True), Run(" b")),
    r"{\it a\/} {\em b}": (Run("a", italic=True), Run(" "), Run("b", italic=True)),
    r"\textit{a \emph{b} c}": (Run("a ", italic=True), Run("b"), Run(" c", italic=True)),
    r"\textbf{a} {\bfseries b}": (Run("a", bold=True), Run(" "), Run("b", bold=True)),
    r"\textsc{Nasa}": (Run("Nasa", small_caps=True),),
    r"\textbf{\emph{a}}": (Run("a", bold=True, italic=True),),
    r"CO$_2$": (Run("CO"), Run("2", position="sub")),
    r"$CO_{2}e$": (Run("CO"), Run("2", position="sub"), Run("e")),
    r"$^{14}$C": (Run("14", position="super"), Run("C")),
    r"1\textsuperscript{st}": (Run("1"), Run("st", position="super")),
    r"H\textsubscript{2}O": (Run("H"), Run("2", position="sub"), Run("O")),
    r"\url{https://a.org/b\_c%20d}": (Run("https://a.org/b_c%20d", href="https://a.org/b_c%20d"),),
    r"see \href{https://a.org/x}{the \emph{page}}": (
        Run("see "),
        Run("the ", href="https://a.org/x"),
        Run("page", italic=True, href="https://a.org/x"),
    ),
    r"\href{javascript:alert(1)}{click}": (Run("click"),),
    r"\url{file:///etc/passwd}": (Run("file:///etc/passwd"),),
}


@pytest.mark.parametrize(("latex", "runs"), RUNS.items(), ids=[repr(latex) for latex in RUNS])
def test_dress_is_kept_as_runs(latex, runs):
    assert read_latex(latex)[0] == runs


def test_an_unknown_command_is_named_once_and_its_text_kept():
    assert read_latex(r"\hl{a} \hl{b} \frob c $\zork x$") == (
        (Run("a b c x"),),
        ["\\hl", "\\frob", "\\zork"],
    )


def test_a_defined_command_is_put_in():
    definitions = {"co": (0, "CO$_2$"), "pair": (2, "#2 and #1")}

    assert read_plain(r"\co{} of \pair{A}{B}", definitions) == "CO2 of B and A"


def test_a_command_defined_by_itself_ends():
    assert read_plain(r"\a", {"a": (0, r"\a x\a")}).replace(" ", "").strip("x") == ""


def test_deep_nesting_is_read():
    assert read_plain("{" * 5000 + "x" + "}" * 5000) == "x"
    assert read_plain("$" + "^{" * 500 + "x" + "}" * 500 + "$") in ("", "x")
    assert "x" in read_plain("\\emph{" * 500 + "x" + "}" * 500 + "x")


ADDRESSES = {
    r"https://a.org/b\_c\%20d\&e\#f\~g": "https://a.org/b_c%20d&e#f~g",
    r"https://a.org/{\_}x{\textasciitilde}y": "https://a.org/_x~y",
    r"https://a.org/$\sim$me": "https://a.org/~me",
    r"\url{https://a.org}": "https://a.org",
    "<https://a.org>": "https://a.org",
    "https://a.org/long\n   /path": "https://a.org/long/path",
    "https://a.org/Volume 9/x": "https://a.org/Volume%209/x",
    "https://a.org; https://b.org": "https://a.org",
    "{https://a.org}": "https://a.org",
}


@pytest.mark.parametrize(("written", "address"), ADDRESSES.items(), ids=list(ADDRESSES))
def test_addresses_are_cleaned(written, address):
    assert cleaned_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/a_b",
        r"10.1000/a\_b",
        "https://doi.org/10.1000/a_b",
        "http://dx.doi.org/10.1000/a_b",
        "doi:10.1000/a_b",
        "DOI: https://doi.org/10.1000/a_b",
        r"\url{https://doi.org/10.1000/a_b}",
        "{10.1000/a_b}.",
    ],
)
def test_a_doi_is_freed_of_what_stands_round_it(written):
    assert cleaned_doi(written) == "10.1000/a_b"

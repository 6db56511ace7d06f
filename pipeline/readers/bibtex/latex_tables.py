"""What LaTeX commands mean: letters, symbols, accents, formats. Names without the backslash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning")


def _table(text: str) -> dict[str, str]:
    """Return {"ss": "ß"} from words in pairs."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _each(names: str, value: Meaning) -> dict[str, Meaning]:
    """Return one meaning for many names."""
    return dict.fromkeys(names.split(), value)


# Combining characters (Unicode, block U+0300).
ACCENTS: Mapping[str, str] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "U": "\u030e",
    "G": "\u030f",
    "f": "\u0311",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
ABOVE = frozenset("`'^~=u.\"hrHvUGf")  # these remove the dot of i and j
# An accent over nothing.
SPACING: Mapping[str, str] = {"`": "`", "'": "´", "^": "^", "~": "~", '"': "¨", "=": "¯", "c": "¸"}

CHARACTERS: Mapping[str, str] = _table(
    """
    ss ß SS ẞ ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı j ȷ dh ð DH Ð dj đ DJ Đ th þ TH Þ
    ng ŋ NG Ŋ ij ĳ IJ Ĳ S § P ¶ dag † ddag ‡ dagger † ddagger ‡ copyright © pounds £ euro € EUR €
    textsection § textparagraph ¶ textdagger † textdaggerdbl ‡ textcopyright © textregistered ®
    texttrademark ™ textsterling £ texteuro € textyen ¥ textcent ¢ textcurrency ¤ textdollar $
    textbackslash \\ textasciitilde ~ textasciicircum ^ textasciigrave ` textasciiacute ´
    textasciidieresis ¨ textunderscore _ textbar | textless < textgreater > textbraceleft {
    textbraceright } textquotedbl " textquotesingle ' textemdash — textendash – textquoteleft ‘
    textquoteright ’ textquotedblleft “ textquotedblright ” quotedblbase „ quotesinglbase ‚
    guillemotleft « guillemotright » guillemetleft « guillemetright » guilsinglleft ‹
    guilsinglright › flqq « frqq » flq ‹ frq › glqq „ grqq “ glq ‚ grq ‘ lq ‘ rq ’
    textexclamdown ¡ textquestiondown ¿ ldots … dots … textellipsis … cdots ⋯ textbullet •
    textperiodcentered · textdegree ° textcelsius ℃ textmu µ textordfeminine ª textordmasculine º
    textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ²
    textthreesuperior ³ texttimes × textdiv ÷ textpm ± textminus − textnumero № textpermille ‰
    textpertenthousand ‱ textperthousand ‰ textvisiblespace ␣ textasteriskcentered ∗
    textleftarrow ← textrightarrow → textuparrow ↑ textdownarrow ↓ textlnot ¬ textohm Ω
    textbrokenbar ¦ textthreequartersemdash — textschwa ə slash / lbrack [ rbrack ]
    LaTeX LaTeX TeX TeX BibTeX BibTeX LaTeXe LaTeX2e XeTeX XeTeX LuaTeX LuaTeX hyphen -
    textasciimacron ¯ adddot . addcolon : addcomma , addsemicolon ; addslash / bibellipsis […]
    cprime ʹ cdprime ʺ textprime ′ textapostrophe ’ checkmark ✓
    """
) | {"textquotedbl": '"', "nbsp": "\u00a0", "space": " ", "textnobreakspace": "\u00a0"}

MATHS: Mapping[str, str] = _table(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet •
    leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝
    lesssim ≲ gtrsim ≳ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
    Leftrightarrow ⇔ longrightarrow ⟶ uparrow ↑ downarrow ↓ mapsto ↦ infty ∞ partial ∂ nabla ∇
    sum ∑ prod ∏ int ∫ oint ∮ sqrt √ forall ∀ exists ∃ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆
    supset ⊃ supseteq ⊇ cup ∪ cap ∩ emptyset ∅ varnothing ∅ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨
    neg ¬ lnot ¬ oplus ⊕ otimes ⊗ perp ⊥ parallel ∥ mid ∣ angle ∠ triangle △ langle ⟨ rangle ⟩
    lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ degree ° deg deg
    square □ Box □ diamond ⋄ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ sharp ♯ flat ♭
    natural ♮ vdots ⋮ ddots ⋱ colon : vert | Vert ‖ lvert | rvert | lbrace { rbrace } models ⊨
    vdash ⊢ backslash \\
    log log ln ln exp exp sin sin cos cos tan tan min min max max lim lim sup sup inf inf
    det det dim dim ker ker gcd gcd Pr Pr arg arg
    """
)
MATH_ACCENTS: Mapping[str, str] = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "acute": "\u0301",
    "grave": "\u0300",
    "check": "\u030c",
    "breve": "\u0306",
}
# Commands whose argument is set in the mathematics around it, or in upright letters.
MATH_TEXT = frozenset(
    _each(
        "mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal "
        "operatorname text textrm textit textbf textnormal textup textsf texttt mbox hbox rm it "
        "bf boldsymbol bm pmb ensuremath mathop mathrel mathbin mathord mathopen mathclose "
        "mathpunct left right big Big bigl bigr Bigl Bigr displaystyle textstyle limits "
        "nolimits cal mit",
        "",
    )
)

# Commands and declarations that format text: changes to a `Run`.
DRESSES: Mapping[str, Mapping[str, bool | str]] = {
    **_each("emph textit textsl mkbibemph mkbibitalic", {"italic": True}),
    **_each("textbf mkbibbold", {"bold": True}),
    "textsc": {"small_caps": True},
    **_each("textsuperscript mkbibsuperscript", {"position": "super"}),
    **_each("textsubscript mkbibsubscript", {"position": "sub"}),
    "textup": {"italic": False, "small_caps": False},
    "textmd": {"bold": False},
    "textnormal": {"italic": False, "bold": False, "small_caps": False},
}
DECLARATIONS: Mapping[str, Mapping[str, bool | str]] = {
    **_each("em it itshape sl slshape", {"italic": True}),
    **_each("bf bfseries", {"bold": True}),
    **_each("sc scshape", {"small_caps": True}),
    **_each("up upshape", {"italic": False, "small_caps": False}),
    "mdseries": {"bold": False},
    **_each("rm normalfont", {"italic": False, "bold": False, "small_caps": False}),
}
# Text round an argument.
AROUND: Mapping[str, tuple[str, str]] = {
    **_each(
        "textrm textsf texttt textlatin text mbox hbox fbox makebox underline uline ul sout "
        "textquoted NoCaseChange MakeSentenceCase autocap nobreakdash textnohyphenation "
        "nohyphens mkbibacro mkbibordinal mkbibnamefamily mkbibnamegiven bibstring abbr gls glspl "
        "textcyrillic textgreek textarabic texthebrew",
        ("", ""),
    ),
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
}
CASES = {
    "uppercase": str.upper,
    "MakeUppercase": str.upper,
    "MakeTextUppercase": str.upper,
    "lowercase": str.lower,
    "MakeLowercase": str.lower,
    "MakeTextLowercase": str.lower,
}
# Commands that print nothing, or a space, and how many arguments go with them.
NOTHING: Mapping[str, int] = {
    **_each(
        "noopsort SortNoop NOOP noop hspace vspace label index begin end color "
        "selectlanguage phantom hphantom vphantom pagestyle thispagestyle hyphenation",
        1,
    ),
    **_each(
        "protect relax noindent xspace ignorespaces unskip nobreak allowbreak sloppy "
        "raggedright centering displaystyle textstyle scriptstyle limits left right big Big "
        "tt sf ttfamily sffamily rmfamily tiny scriptsize footnotesize small normalsize "
        "large Large LARGE huge bibrangedash bgroup egroup newblock leavevmode null "
        "smallskip medskip bigskip isdot nopunct / - @ ! ( ) [ ]",
        0,
    ),
    **_each(
        "foreignlanguage textcolor texorpdfstring raisebox",
        1,
    ),
}
SPACES: Mapping[str, str] = {
    " ": " ",
    "\n": " ",
    "\t": " ",
    "\\": " ",
    ",": "\u2009",
    ":": " ",
    ";": " ",
    ">": " ",
    **_each(
        "par newline linebreak quad qquad hfill enspace",
        " ",
    ),
    **_each(
        "thinspace addthinspace",
        "\u2009",
    ),
    **_each(
        "addspace addnbspace addabbrvspace",
        "\u00a0",
    ),
}
LIGATURES: Mapping[str, str] = {
    "---": "—",
    "--": "–",
    "``": "“",
    "''": "”",
    "`": "‘",
    "'": "’",
    "?`": "¿",
    "!`": "¡",
    "~": "\u00a0",
}

//! Words, their annotation and the sentences they make up.

use crate::documents::Span;

macro_rules! tagset {
    ($(#[$doc:meta])* $name:ident, $default:ident, $($variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as CoNLL-U writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of a CoNLL-U name, or `None` where the name is none of this set.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// The value of a number below `ALL.len()`.
            #[must_use]
            pub fn from_index(index: usize) -> Self { Self::ALL[index] }
        }

        impl Default for $name {
            fn default() -> Self { Self::$default }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
    };
}

tagset! {
    /// Universal part-of-speech tag (UD v2).
    Upos, X,
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
    Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
    Verb = "VERB", X = "X",
}

tagset! {
    /// Universal dependency relation with the subtypes that English EWT uses.
    Deprel, Dep,
    Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
    Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
    Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
    CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet",
    Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
    Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
    NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
    NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
    OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
    Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
}

impl Deprel {
    /// Whether the relation is `base` or one of its subtypes (`nsubj:pass` is under `nsubj`).
    #[must_use]
    pub fn is_under(self, base: Self) -> bool {
        let (own, base) = (self.as_str(), base.as_str());
        own == base || (own.starts_with(base) && own.as_bytes().get(base.len()) == Some(&b':'))
    }
}

/// A set of the morphological features that the rules need, as UD names them; a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Feats(pub u32);

impl Feats {
    /// `Number=Sing`
    pub const SING: Self = Self(1);
    /// `Number=Plur`
    pub const PLUR: Self = Self(1 << 1);
    /// `Tense=Past`
    pub const PAST: Self = Self(1 << 2);
    /// `Tense=Pres`
    pub const PRES: Self = Self(1 << 3);
    /// `VerbForm=Fin`
    pub const FIN: Self = Self(1 << 4);
    /// `VerbForm=Inf`
    pub const INF: Self = Self(1 << 5);
    /// `VerbForm=Part`
    pub const PART: Self = Self(1 << 6);
    /// `VerbForm=Ger`
    pub const GER: Self = Self(1 << 7);
    /// `Voice=Pass`
    pub const PASS: Self = Self(1 << 8);
    /// `Gender=Masc`
    pub const MASC: Self = Self(1 << 9);
    /// `Gender=Fem`
    pub const FEM: Self = Self(1 << 10);
    /// `Gender=Neut`
    pub const NEUT: Self = Self(1 << 11);
    /// `PronType=Rel`
    pub const REL: Self = Self(1 << 12);
    /// `Poss=Yes`
    pub const POSS: Self = Self(1 << 13);
    /// `Polarity=Neg`
    pub const NEG: Self = Self(1 << 14);
    /// `Mood=Imp`
    pub const IMP: Self = Self(1 << 15);
    /// `PronType=Prs`
    pub const PRS: Self = Self(1 << 16);
    /// `PronType=Dem`
    pub const DEM: Self = Self(1 << 17);
    /// `Definite=Def`
    pub const DEF: Self = Self(1 << 18);
    /// `PronType=Int`
    pub const INT: Self = Self(1 << 19);

    /// Feature names in CoNLL-U with their bits, alphabetical.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("Definite=Def", Self::DEF),
        ("Gender=Fem", Self::FEM),
        ("Gender=Masc", Self::MASC),
        ("Gender=Neut", Self::NEUT),
        ("Mood=Imp", Self::IMP),
        ("Number=Plur", Self::PLUR),
        ("Number=Sing", Self::SING),
        ("Polarity=Neg", Self::NEG),
        ("Poss=Yes", Self::POSS),
        ("PronType=Dem", Self::DEM),
        ("PronType=Int", Self::INT),
        ("PronType=Prs", Self::PRS),
        ("PronType=Rel", Self::REL),
        ("Tense=Past", Self::PAST),
        ("Tense=Pres", Self::PRES),
        ("VerbForm=Fin", Self::FIN),
        ("VerbForm=Ger", Self::GER),
        ("VerbForm=Inf", Self::INF),
        ("VerbForm=Part", Self::PART),
        ("Voice=Pass", Self::PASS),
    ];

    /// Whether all of `other`'s features are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set with `other` added.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set a CoNLL-U FEATS column names; features that are not kept are passed over.
    #[must_use]
    pub fn parse(column: &str) -> Self {
        let mut set = Self::default();
        for feature in column.split('|') {
            if let Some((_, bit)) = Self::NAMES.iter().find(|(name, _)| *name == feature) {
                set = set.with(*bit);
            }
        }
        set
    }
}

impl std::fmt::Display for Feats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = Self::NAMES.iter().filter(|(_, bit)| self.has(*bit)).map(|(name, _)| *name).collect();
        f.pad(&if names.is_empty() { "_".to_owned() } else { names.join("|") })
    }
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    /// Where it stands in the document.
    pub span: Span,
    /// Its lemma.
    pub lemma: String,
    /// Its part of speech.
    pub upos: Upos,
    /// Its features.
    pub feats: Feats,
    /// Index of its head within the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Its relation to the head.
    pub deprel: Deprel,
}

/// What a sentence is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Running prose.
    #[default]
    Prose,
    /// A heading or title.
    Heading,
    /// An item of a list.
    Item,
}

/// One sentence: a stretch of the document and its words, in order; the tree's root is the token without head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Where it stands in the document.
    pub span: Span,
    /// Heading, list item or prose.
    pub setting: Setting,
    /// Number of the paragraph (or heading, or item) it belongs to, 0-based.
    pub paragraph: usize,
    /// Its words.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// Index of the token that heads the tree; 0 in a sentence not parsed yet.
    #[must_use]
    pub fn root(&self) -> usize {
        self.tokens.iter().position(|t| t.head.is_none()).unwrap_or(0)
    }

    /// The children of token `head`, left to right. Linear in the sentence's length.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Some(head)).map(|(i, _)| i)
    }

    /// The text of token `index`.
    #[must_use]
    pub fn form<'a>(&self, index: usize, text: &'a str) -> &'a str {
        self.tokens[index].span.of(text)
    }
}

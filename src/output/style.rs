//! What things look like: a shape and a quiet colour per kind, a colour and a line per sign. The signs' colours are
//! Okabe and Ito's, told apart by colour-blind readers; the line tells them apart without colour.

use crate::actors::ActorKind;

/// A colour, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// From `0xRRGGBB`.
    #[must_use]
    pub const fn hex(value: u32) -> Self {
        Self((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }

    /// As `#rrggbb`.
    #[must_use]
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Mixed with another: 0 is this one, 1 the other.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let part = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }
}

/// The outline of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A box with round corners.
    Rounded,
    /// A box with half-round ends.
    Pill,
    /// A box.
    Box,
    /// A box with pointed ends.
    Hexagon,
    /// A box with cut corners.
    Octagon,
    /// An ellipse.
    Ellipse,
    /// A box leaning right.
    Parallelogram,
    /// A box with slanting sides, narrow above.
    Trapezium,
    /// A box with a folded corner.
    Note,
    /// A box with one pointed end.
    Flag,
}

/// How a node of one kind is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NodeStyle {
    /// Its outline.
    pub shape: Shape,
    /// Inside.
    pub fill: Color,
    /// Outline colour.
    pub line: Color,
    /// Label.
    pub text: Color,
    /// Whether the outline is broken.
    pub dashed: bool,
}

/// The shape of a kind.
#[must_use]
pub const fn shape(kind: ActorKind) -> Shape {
    match kind {
        ActorKind::State => Shape::Rounded,
        ActorKind::Leader | ActorKind::Person => Shape::Pill,
        ActorKind::Alliance => Shape::Hexagon,
        ActorKind::Organization => Shape::Box,
        ActorKind::Company => Shape::Octagon,
        ActorKind::ArmedGroup => Shape::Flag,
        ActorKind::Territory | ActorKind::People => Shape::Ellipse,
        ActorKind::Pipeline => Shape::Parallelogram,
        ActorKind::Infrastructure => Shape::Trapezium,
        ActorKind::Agreement => Shape::Note,
        ActorKind::Conflict => Shape::Octagon,
    }
}

/// Kind name for readers.
#[must_use]
pub fn kind_label(kind: ActorKind) -> String {
    kind.as_str().replace('_', " ")
}

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub paper: Color,
    /// Main text.
    pub ink: Color,
    /// Lesser text.
    pub muted: Color,
    /// Hair lines.
    pub hair: Color,
    /// Whether it is the dark one.
    pub dark: bool,
}

impl Palette {
    /// For print.
    pub const LIGHT: Self = Self {
        paper: Color::hex(0xFF_FF_FF),
        ink: Color::hex(0x1F_29_33),
        muted: Color::hex(0x5B_67_70),
        hair: Color::hex(0xD5_DA_DE),
        dark: false,
    };

    /// For dark screens.
    pub const DARK: Self = Self {
        paper: Color::hex(0x14_1A_20),
        ink: Color::hex(0xE8_EC_EF),
        muted: Color::hex(0xA3_AE_B7),
        hair: Color::hex(0x36_40_49),
        dark: true,
    };

    /// The look of a kind's nodes.
    #[must_use]
    pub fn node(&self, kind: ActorKind) -> NodeStyle {
        let (fill, line, solid, dashed) = match kind {
            ActorKind::State => (0x33_47_5B, 0x22_32_42, true, false),
            ActorKind::Leader => (0xFB_EE_C6, 0xA8_7B_00, false, false),
            ActorKind::Person => (0xFE_F9_E8, 0xB9_97_3E, false, true),
            ActorKind::Alliance => (0xD6_E6_F4, 0x2F_65_9A, false, false),
            ActorKind::Organization => (0xE8_E3_F1, 0x6A_58_94, false, false),
            ActorKind::Company => (0xDC_EE_E5, 0x2C_78_5A, false, false),
            ActorKind::ArmedGroup => (0xF5_DD_D4, 0x9C_45_26, false, false),
            ActorKind::Territory => (0xEC_E9_DF, 0x7D_76_5B, false, false),
            ActorKind::Pipeline => (0xDA_EC_EE, 0x2B_78_80, false, false),
            ActorKind::Infrastructure => (0xE6_F1_F2, 0x57_8B_90, false, false),
            ActorKind::Agreement => (0xF7_F8_F9, 0x66_72_7C, false, false),
            ActorKind::Conflict => (0x6B_3A_3A, 0x4F_27_27, true, false),
            ActorKind::People => (0xF3_E2_EC, 0x95_4F_7C, false, true),
        };
        let (fill, line) = (Color::hex(fill), Color::hex(line));
        let shape = shape(kind);
        if self.dark {
            let deep = if solid { fill.mix(Color::hex(0xFF_FF_FF), 0.12) } else { line.mix(self.paper, 0.68) };
            let rim = line.mix(Color::hex(0xFF_FF_FF), if solid { 0.55 } else { 0.35 });
            NodeStyle { shape, fill: deep, line: rim, text: Color::hex(0xF4_F6_F8), dashed }
        } else {
            let text = if solid { Color::hex(0xFF_FF_FF) } else { self.ink };
            NodeStyle { shape, fill, line, text, dashed }
        }
    }

    /// The colour of a tone.
    #[must_use]
    pub const fn tone(&self, tone: Tone) -> Color {
        match (tone, self.dark) {
            (Tone::Cooperative, false) => Color::hex(0x00_72_B2),
            (Tone::Conflictual, false) => Color::hex(0xD5_5E_00),
            (Tone::Both, false) => Color::hex(0x8A_4F_8F),
            (Tone::Structural, false) => Color::hex(0x8B_96_9F),
            (Tone::Cooperative, true) => Color::hex(0x56_B4_E9),
            (Tone::Conflictual, true) => Color::hex(0xF0_8A_3C),
            (Tone::Both, true) => Color::hex(0xD9_9A_D6),
            (Tone::Structural, true) => Color::hex(0x8A_96_A0),
        }
    }
}

/// The sense of what ties two actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Cooperative relations.
    Cooperative,
    /// Conflictual relations.
    Conflictual,
    /// Both.
    Both,
    /// Neither.
    Structural,
}

impl Tone {
    /// Every tone, in the order of the legend.
    pub const ALL: [Self; 4] = [Self::Cooperative, Self::Conflictual, Self::Both, Self::Structural];

    /// The name for readers.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Conflictual => "conflictual",
            Self::Both => "both, or contested",
            Self::Structural => "structural",
        }
    }

    /// The tone of a sign.
    #[must_use]
    pub const fn of_sign(sign: i8) -> Self {
        match sign {
            1.. => Self::Cooperative,
            0 => Self::Structural,
            ..=-1 => Self::Conflictual,
        }
    }

    /// Lengths of dash and gap; none for a line drawn through. Unfirm ties (denied, planned, feared) are dotted.
    #[must_use]
    pub const fn dashes(self, firm: bool) -> &'static [f64] {
        if !firm {
            return &[1.6, 3.2];
        }
        match self {
            Self::Cooperative | Self::Structural => &[],
            Self::Conflictual => &[7.0, 3.0],
            Self::Both => &[9.0, 3.0, 2.0, 3.0],
        }
    }
}

//! What an actor is.

use std::fmt;

/// The thirteen kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A sovereign state, today's or a former one; its government.
    State,
    /// A named person in political, military or religious office, or leading a movement.
    Leader,
    /// Any other named person.
    Person,
    /// A body or bloc whose members are states.
    Alliance,
    /// Any other named body: party, ministry, army, parliament, court, NGO, church, news medium.
    Organization,
    /// A business.
    Company,
    /// A named non-state armed force.
    ArmedGroup,
    /// A named place that is no sovereign state.
    Territory,
    /// A named oil or gas pipeline.
    Pipeline,
    /// Any other named work that links or supplies.
    Infrastructure,
    /// A treaty, cease-fire, declaration, protocol, resolution.
    Agreement,
    /// A war, battle, uprising, massacre, operation, blockade.
    Conflict,
    /// A national, ethnic or religious population.
    People,
}

impl ActorKind {
    /// Every kind, in the order of the vocabulary.
    pub const ALL: [Self; 13] = [
        Self::State,
        Self::Leader,
        Self::Person,
        Self::Alliance,
        Self::Organization,
        Self::Company,
        Self::ArmedGroup,
        Self::Territory,
        Self::Pipeline,
        Self::Infrastructure,
        Self::Agreement,
        Self::Conflict,
        Self::People,
    ];

    /// The name in files and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Leader => "leader",
            Self::Person => "person",
            Self::Alliance => "alliance",
            Self::Organization => "organization",
            Self::Company => "company",
            Self::ArmedGroup => "armed_group",
            Self::Territory => "territory",
            Self::Pipeline => "pipeline",
            Self::Infrastructure => "infrastructure",
            Self::Agreement => "agreement",
            Self::Conflict => "conflict",
            Self::People => "people",
        }
    }

    /// The kind of a name, or `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it is one human being.
    #[must_use]
    pub const fn is_human(self) -> bool {
        matches!(self, Self::Leader | Self::Person)
    }
}

impl fmt::Display for ActorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

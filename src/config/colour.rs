//! Colours of a brand, and whether words in them can be read.
//!
//! In: `#rrggbb` or `#rgb`. Out: a [`Colour`], its contrast with another, and the nearest shade of its hue
//! that reaches a contrast.

use serde::Serialize;
use std::fmt;

/// What stands behind words in light mode, in the default theme: `--paper` `--warn` `--ins-bg` `--del-bg` `--move-bg`
/// `--fmt-bg` `--one-bg` `--two-bg`, and white.
pub const LIGHT: [Colour; 9] = [
    Colour(0xfd, 0xfd, 0xfb),
    Colour(0xff, 0xf3, 0xd1),
    Colour(0xda, 0xf2, 0xe1),
    Colour(0xfb, 0xe5, 0xe2),
    Colour(0xe7, 0xed, 0xfb),
    Colour(0xfa, 0xf0, 0xd0),
    Colour(0xde, 0xf0, 0xfa),
    Colour(0xf5, 0xe7, 0xfa),
    Colour(0xff, 0xff, 0xff),
];

/// The same in dark mode, without white.
pub const DARK: [Colour; 8] = [
    Colour(0x13, 0x17, 0x15),
    Colour(0x37, 0x2c, 0x0e),
    Colour(0x16, 0x35, 0x1f),
    Colour(0x44, 0x20, 0x1c),
    Colour(0x1d, 0x29, 0x49),
    Colour(0x38, 0x30, 0x0f),
    Colour(0x10, 0x30, 0x3f),
    Colour(0x3a, 0x1e, 0x45),
];

/// The contrast that words need: WCAG 2.2, success criterion 1.4.3, at level AA.
pub const READABLE: f64 = 4.5;

/// The contrast of a colour that is chosen and not given: the same criterion at level AAA, 1.4.6.
pub const CLEAR: f64 = 7.0;

/// A colour of sRGB: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    const BLACK: Colour = Colour(0, 0, 0);
    const WHITE: Colour = Colour(255, 255, 255);

    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits: Option<Vec<u8>> =
            text.strip_prefix('#')?.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
        match digits?.as_slice() {
            [r, g, b] => Some(Colour(r * 17, g * 17, b * 17)),
            [r, s, g, h, b, c] => Some(Colour(r * 16 + s, g * 16 + h, b * 16 + c)),
            _ => None,
        }
    }

    /// How light it is, from 0 to 1: the relative luminance of WCAG 2.2.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast of two colours, from 1 to 21: the contrast ratio of WCAG 2.2.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The contrast with the one of these that is hardest to tell it from.
    pub fn least_contrast(self, papers: &[Colour]) -> f64 {
        papers.iter().map(|paper| self.contrast(*paper)).fold(21.0, f64::min)
    }

    /// The nearest darker shade of its hue with that contrast to all of these; black where there is none.
    pub fn darker(self, papers: &[Colour], contrast: f64) -> Colour {
        let shades = (0..=255).map(|parts| self.mixed(Colour::BLACK, parts));
        first_clear(shades, papers, contrast).unwrap_or(Colour::BLACK)
    }

    /// The nearest lighter shade of its hue with that contrast to all of these; white where there is none. It stays
    /// as vivid as it is while it can get brighter, and only then gets paler.
    pub fn lighter(self, papers: &[Colour], contrast: f64) -> Colour {
        let brighter = (0..=255).map(|parts| self.brighter(parts));
        let paler = (0..=255).map(|parts| self.brighter(255).mixed(Colour::WHITE, parts));
        first_clear(brighter.chain(paler), papers, contrast).unwrap_or(Colour::WHITE)
    }

    /// So many parts of 255 on the way to its brightest shade: its hue and saturation, as HSV has them, stay.
    fn brighter(self, parts: u8) -> Colour {
        let most = u32::from(self.0.max(self.1).max(self.2)).max(1);
        let value = most + (255 - most) * u32::from(parts) / 255;
        let scaled = |channel: u8| u8::try_from(u32::from(channel) * value / most).unwrap_or(255);
        Colour(scaled(self.0), scaled(self.1), scaled(self.2))
    }

    /// This colour with so many parts of 255 of another.
    pub fn mixed(self, other: Colour, parts: u8) -> Colour {
        let mix =
            |from: u8, to: u8| (i32::from(from) + (i32::from(to) - i32::from(from)) * i32::from(parts) / 255) as u8;
        Colour(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// The first of these shades with that contrast to all papers.
fn first_clear(mut shades: impl Iterator<Item = Colour>, papers: &[Colour], contrast: f64) -> Option<Colour> {
    shades.find(|shade| shade.least_contrast(papers) >= contrast)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_in_both_forms() {
        assert_eq!(colour("#1a6648"), Colour(0x1a, 0x66, 0x48));
        assert_eq!(colour("#F0a"), Colour(255, 0, 170));
        assert_eq!(colour("#F0a").to_string(), "#ff00aa");
        for text in ["", "#", "1a6648", "#1a664", "#1a66488", "#ggg", "#12é", "red"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let check = |one: &str, two: &str, expected: f64| {
            let found = colour(one).contrast(colour(two));
            assert!((found - expected).abs() < 0.005, "{one} {two}: {found}");
            assert_eq!(found, colour(two).contrast(colour(one)));
        };
        check("#000", "#fff", 21.0);
        check("#777", "#fff", 4.48);
        check("#767676", "#fff", 4.54);
        check("#f00", "#fff", 4.0);
        check("#00f", "#fff", 8.59);
        check("#123456", "#123456", 1.0);
    }

    #[test]
    fn the_nearest_shade_that_can_be_read_is_found() {
        let check = |from: &str, expected: &str| {
            let found = colour(from).darker(&LIGHT, READABLE);
            assert!(found.least_contrast(&LIGHT) >= READABLE);
            assert_eq!(found.to_string(), expected, "{from}");
        };
        check("#1a6648", "#1a6648");
        check("#ff0000", "#d60000");
        check("#777777", "#696969");
        check("#ffffff", "#696969");
    }

    #[test]
    fn a_colour_for_the_dark_is_lightened_until_it_is_clear() {
        for from in ["#000000", "#1a6648", "#0b4f78", "#7a003c", "#ffffff", "#ffd700"] {
            let found = colour(from).lighter(&DARK, CLEAR);
            assert!(found.least_contrast(&DARK) >= CLEAR, "{from}");
        }
        assert_eq!(colour("#ffd700").lighter(&DARK, CLEAR), colour("#ffd700"));
        assert_eq!(colour("#0000ff").lighter(&DARK, 21.0), Colour::WHITE);
        let shade = colour("#1a6648").lighter(&DARK, CLEAR);
        assert!(shade.least_contrast(&DARK) < CLEAR + 0.2 && shade.1 > shade.2 && shade.2 > shade.0, "{shade}");
    }
}

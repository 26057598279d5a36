//! The colours of a site's brand, as a stylesheet over that of the theme.
//!
//! In: the two colours that site.toml gives, or of which it gives one. Out: the custom properties `--accent`,
//! `--on-accent`, `--hover` and `--tint`, for light mode and for dark. Words in them can be read on every ground
//! of the default theme: their contrast is 4.5:1 at least, and a colour that falls short of that somewhere is
//! the nearest shade that does not.

use crate::config::Brand;
use crate::config::colour::{CLEAR, Colour, DARK, LIGHT, READABLE};

/// How the theme is seen: what words in the colours stand on, and which way they get clearer.
struct Mode {
    /// The paper, then the other grounds.
    grounds: &'static [Colour],
    /// What stands on the accent.
    on_accent: Colour,
    /// How much of the colour is in the tint, of 255.
    tint: u8,
    clearer: fn(Colour, &[Colour], f64) -> Colour,
}

const IN_LIGHT: Mode = Mode { grounds: &LIGHT, on_accent: Colour(0xff, 0xff, 0xff), tint: 16, clearer: Colour::darker };

const IN_DARK: Mode = Mode { grounds: &DARK, on_accent: Colour(0x13, 0x17, 0x15), tint: 20, clearer: Colour::lighter };

/// The colours of a mode.
#[derive(Debug, PartialEq)]
struct Shades {
    accent: Colour,
    on_accent: Colour,
    hover: Colour,
    tint: Colour,
}

impl Mode {
    /// What becomes of a colour.
    fn shades(&self, colour: Colour) -> Shades {
        let paper = self.grounds.first().copied().unwrap_or(self.on_accent);
        let tint = paper.mixed(colour, self.tint);
        let grounds: Vec<_> = self.grounds.iter().copied().chain([tint]).collect();
        let accent = (self.clearer)(colour, &grounds, READABLE);
        // A step further, so that it is seen to change.
        let hover = (self.clearer)(accent, &grounds, CLEAR.max(accent.contrast(paper) * 1.3));
        Shades { accent, on_accent: self.on_accent, hover, tint }
    }
}

impl Shades {
    fn css(&self) -> String {
        let Shades { accent, on_accent, hover, tint } = self;
        format!(":root {{ --accent: {accent}; --on-accent: {on_accent}; --hover: {hover}; --tint: {tint}; }}")
    }
}

/// The stylesheet; none where no colour is given.
pub fn stylesheet(brand: &Brand) -> Option<String> {
    let light = brand.colour.map(|colour| format!("{}\n", IN_LIGHT.shades(colour).css()));
    let dark = brand.colour_dark.map(|colour| IN_DARK.shades(colour).css());
    let dark = dark.map(|css| format!("@media (prefers-color-scheme: dark) {{\n  {css}\n}}\n"));
    let css: String = light.into_iter().chain(dark).collect();
    (!css.is_empty()).then_some(css)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The values of a property of the default theme, in light mode and in dark.
    fn values(property: &str) -> Vec<Colour> {
        let css = include_str!("../../themes/default/assets/main.css");
        let begin = format!("{property}:");
        let values = css.match_indices(&begin).map(|(at, _)| css[at + begin.len()..].split(';').next().unwrap_or(""));
        values.filter_map(|value| Colour::parse(value.trim())).take(2).collect()
    }

    #[test]
    fn grounds_are_those_of_the_default_theme() {
        let names = ["--paper", "--warn", "--ins-bg", "--del-bg", "--move-bg", "--fmt-bg", "--one-bg", "--two-bg"];
        for (at, name) in names.iter().enumerate() {
            assert_eq!([LIGHT[at], DARK[at]], values(name)[..], "{name}");
        }
    }

    #[test]
    fn a_colour_that_can_be_read_everywhere_stays_as_it_is() {
        let own = Colour(0x1a, 0x66, 0x48);
        assert_eq!(IN_LIGHT.shades(own).accent, own);
        let orange = IN_LIGHT.shades(Colour(0xc7, 0x50, 0x00)).accent;
        assert!(orange != Colour(0xc7, 0x50, 0x00) && orange.0 > orange.1 && orange.1 > orange.2, "{orange}");
    }

    #[test]
    fn only_what_site_toml_colours_is_written() {
        let check = |colour: Option<Colour>, colour_dark, expected: Option<(bool, bool)>| {
            let css = stylesheet(&Brand { colour, colour_dark, ..Brand::default() });
            assert_eq!(css.map(|css| (css.starts_with(":root"), css.contains("dark"))), expected);
        };
        let red = Some(Colour(0x99, 0, 0));
        check(None, None, None);
        check(red, None, Some((true, false)));
        check(None, red, Some((false, true)));
        check(red, red, Some((true, true)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_can_be_read_in_any_colour(r: u8, g: u8, b: u8) {
            for (at, mode) in [IN_LIGHT, IN_DARK].iter().enumerate() {
                let shades = mode.shades(Colour(r, g, b));
                let own = |name| values(name)[at];
                let on = |words: Colour, ground: Colour| words.contrast(ground) >= READABLE;
                for ground in mode.grounds.iter().chain([&shades.tint]) {
                    prop_assert!(on(shades.accent, *ground), "accent {shades:?} on {ground}");
                    prop_assert!(on(shades.hover, *ground), "hover {shades:?} on {ground}");
                }
                prop_assert!(on(shades.on_accent, shades.accent) && on(shades.on_accent, shades.hover));
                // What else stands on the tint, and on a button that is pointed at.
                for words in ["--ink", "--muted", "--ins", "--del", "--move", "--fmt"] {
                    prop_assert!(on(own(words), shades.tint), "{words} on {shades:?}");
                }
                prop_assert!(on(own("--paper"), shades.hover));
            }
        }
    }
}

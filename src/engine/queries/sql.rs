//! The query in SQL, for every database that speaks it.
//!
//! It does what [`identify`](crate::engine::identify) does, step by step, each a named part of the
//! query: texts are folded and cut into words once for every distinct program, what is looked for
//! stands in a table, and of what was found of a maker the surest says which product it is.

use std::fmt::Write as _;

use super::conditions::{Conditions, Looks, Pattern, Sought};
use crate::engine::catalog::Field;
use crate::engine::directive::OutcomeKind;
use crate::engine::identify::{ARCHITECTURES, BEFORE_VERSIONS, LANGUAGES};

/// How a database writes what they all have.
pub(super) struct Dialect {
    /// The function that takes a part of a text: text, start from 1, length.
    pub(super) substring: &'static str,
    /// What stands between two texts to join them.
    pub(super) concat: &'static str,
    /// The function that counts characters.
    pub(super) length: &'static str,
    /// Rows as a table with these columns.
    pub(super) table: fn(&str, &[String]) -> String,
    /// What has texts compared letter by letter; put behind the text.
    pub(super) exactly: &'static str,
    /// A text in quotation marks.
    pub(super) literal: fn(&str) -> String,
    /// One character that cannot be seen, or that editors may change.
    pub(super) character: fn(char) -> String,
    /// False for texts that a literal cannot hold.
    pub(super) can_say: fn(&str) -> bool,
    /// A character as it stands in the pattern of a LIKE with the escape `!`.
    pub(super) like: fn(char) -> String,
}

/// A table of programs.
pub(super) struct Source {
    /// The table, as it stands behind FROM.
    pub(super) from: &'static str,
    /// Its columns.
    pub(super) columns: &'static [Column],
}

impl Source {
    /// What its columns say about a program, and what a name can be where it has no column for it.
    pub(super) fn looked_at(&self) -> Vec<Field> {
        let mut fields = self.fields();
        fields.extend(OF_NAMES.iter().filter(|field| !self.fields().contains(field)));
        fields
    }

    fn fields(&self) -> Vec<Field> {
        self.columns.iter().filter_map(|column| column.field).collect()
    }
}

/// A column of a table of programs.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// What it says about the program; `None` if it is only handed through.
    pub(super) field: Option<Field>,
    /// The expression that gives it.
    pub(super) from: &'static str,
    /// What it is called in the answer.
    pub(super) to: &'static str,
}

/// What a name without spaces can be the identifier of, as in lists of packages.
const OF_NAMES: [Field; 5] =
    [Field::Package, Field::Bundle, Field::Driver, Field::Process, Field::ProductCode];

/// In the place of a product's number: the publisher is the maker.
const MAKER: i8 = -1;

/// In the place of a product's number: the publisher says something.
const SPEAKS: i8 = -2;

/// Characters that separate words besides those of ASCII.
const SEPARATORS: [char; 16] =
    ['—', '…', '·', '•', '、', '。', '（', '）', '【', '】', '《', '》', '！', '：', '，', '–'];

/// Characters that are dropped: trademark signs and what has no width.
const DROPPED: [char; 8] =
    ['™', '®', '©', '\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{FEFF}'];

/// Characters that are white space besides the space.
const SPACES: [char; 4] = ['\t', '\n', '\r', '\u{A0}'];

/// Characters that are read as one of their kind.
const ONE_KIND: [(&str, char); 3] = [("«»“”„″", '"'), ("‘’‚´", '\''), ("‐‑–−", '-')];

/// How many calls stand in each other at most: parsers have a limit to that, of some thirty.
const NESTED: usize = 12;

/// The query. Each part is referred to once or twice only: databases put a part in place of its name,
/// and one that stands in many places makes the query too large for them.
pub(super) fn query(conditions: &Conditions<'_>, dialect: &Dialect, source: &Source) -> String {
    let mut parts = Parts { dialect, text: String::new(), is_first: true };
    listed(&mut parts, source);
    tables(&mut parts, conditions, source);
    titles(&mut parts, source);
    let folded = fold_steps(&mut parts, conditions);
    texts(&mut parts, &folded);
    hits(&mut parts);
    choice(&mut parts);
    parts.text.push_str(&answer(source));
    parts.text
}

/// The named parts of a query, as they are written.
struct Parts<'d> {
    dialect: &'d Dialect,
    text: String,
    is_first: bool,
}

impl Parts<'_> {
    /// Adds a part with what it is for.
    fn add(&mut self, why: &str, name: &str, columns: &str, body: &str) {
        let lead = if self.is_first { "WITH" } else { "," };
        self.is_first = false;
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{lead}\n-- {why}\n{name} ({columns}) AS (\n{body}\n)");
    }

    /// Adds a part that is a table of its own.
    fn add_table(&mut self, why: &str, name: &str, columns: &str, rows: &[String]) {
        self.add(why, name, columns, &(self.dialect.table)(columns, rows));
    }

    fn literal(&self, text: &str) -> String {
        (self.dialect.literal)(text)
    }

    /// Replaces one after another, in as many parts as the nesting needs; the last one's name.
    fn replace_steps(
        &mut self,
        why: &str,
        from: &str,
        keys: &str,
        stem: &str,
        replacements: &[(String, String)],
    ) -> String {
        let mut last = from.to_owned();
        for (number, chunk) in replacements.chunks(NESTED).enumerate() {
            let mut expression = "x".to_owned();
            for (old, new) in chunk {
                expression = format!("REPLACE({expression}, {old}, {new})");
            }
            let name = format!("{stem}{}", number + 1);
            let body = format!("  SELECT {keys}, {expression}\n  FROM {last}");
            self.add(why, &name, &format!("{keys}, x"), &body);
            last = name;
        }
        last
    }
}

fn like_text(dialect: &Dialect, text: &str) -> String {
    text.chars().map(dialect.like).collect()
}

fn listed(parts: &mut Parts<'_>, source: &Source) {
    let names: Vec<&str> = source.columns.iter().map(|column| column.to).collect();
    let from: Vec<String> =
        source.columns.iter().map(|column| format!("COALESCE({}, '')", column.from)).collect();
    let body = format!("  SELECT {}\n  FROM {}", from.join(", "), source.from);
    parts.add(
        "the programs; where your table has no such column, write NULL in place of its name",
        "listed",
        &names.join(", "),
        &body,
    );
}

/// What is looked for, as tables.
fn tables(parts: &mut Parts<'_>, conditions: &Conditions<'_>, source: &Source) {
    let fields = source.looked_at();
    let mut rows: Vec<String> =
        conditions.of_fields(&fields).flat_map(|pattern| pattern_rows(parts, pattern)).collect();
    if fields.contains(&Field::Publisher) {
        for maker in &conditions.makers {
            let row = |text| {
                format!("({}, {MAKER}, 'publisher', 'maker', {text}, 0, 0, 0, 0)", maker.vendor)
            };
            rows.extend(words_likes(parts, &maker.groups).into_iter().map(row));
        }
        rows.push(format!("(-1, {SPEAKS}, 'publisher', 'speaks', '', 0, 0, 0, 0)"));
    }
    if rows.is_empty() {
        rows.push("(-1, 0, '', '', '', 0, 0, 0, 0)".to_owned());
    }
    parts.add_table(
        "what is looked for where; a product of 0: it is nothing of that maker's, -1: the publisher \
         is the maker, -2: there is a publisher",
        "pattern",
        "vendor, product, field, looks, text, size, strength, length, of_versions",
        &rows,
    );
    let own = source.fields().into_iter().map(|field| (field, field));
    let of_names = OF_NAMES.map(|field| (Field::Name, field));
    let rows: Vec<String> = own
        .chain(of_names)
        .map(|(seen, field)| format!("({}, {})", field_literal(seen), field_literal(field)))
        .collect();
    parts.add_table(
        "where what is looked for can stand: a name can be a package's or a file's too",
        "stands",
        "seen_in, field",
        &rows,
    );
    let mut rows: Vec<String> = conditions
        .products
        .iter()
        .enumerate()
        .map(|(number, sought)| product_row(parts, number, sought))
        .collect();
    if rows.is_empty() {
        // There is no table without rows.
        rows.push("(-3, -1, '', 0, 0, '', '')".to_owned());
    }
    parts.add_table(
        "what a program can be, and what the directives say of it: for sure, and on a hint only",
        "product",
        "product, vendor, id, fallback, own, outcome, hint",
        &rows,
    );
}

/// Groups of words as patterns of LIKE: next to each other, and with something between. Groups begin
/// and end with a space, and neighbours share it.
fn words_likes(parts: &Parts<'_>, groups: &[String]) -> Vec<String> {
    let mut likes = vec!["%".to_owned()];
    for (number, group) in groups.iter().enumerate() {
        let group = like_text(parts.dialect, group);
        if number == 0 {
            likes.iter_mut().for_each(|like| like.push_str(&group));
            continue;
        }
        let near = likes.iter().map(|like| format!("{like}{}", group.trim_start()));
        let far = likes.iter().map(|like| format!("{like}%{group}"));
        likes = near.chain(far).collect();
    }
    likes.iter().map(|like| parts.literal(&format!("{like}%"))).collect()
}

/// The rows of a pattern; none if the dialect cannot say it.
fn pattern_rows(parts: &Parts<'_>, pattern: &Pattern) -> Vec<String> {
    let row = |looks: &str, text: String, size: usize| {
        format!(
            "({}, {}, {}, '{looks}', {text}, {size}, {}, {}, {})",
            pattern.vendor,
            pattern.product.map_or(0, |product| product + 1),
            field_literal(pattern.field),
            pattern.strength.rank(),
            pattern.length,
            u8::from(pattern.is_of_versions),
        )
    };
    let like = |text: &str| like_text(parts.dialect, text);
    if !is_sayable(parts.dialect, pattern) {
        return Vec::new();
    }
    match &pattern.looks {
        Looks::Words(groups) => {
            words_likes(parts, groups).into_iter().map(|text| row("words", text, 0)).collect()
        }
        Looks::Part(text) => vec![row("part", parts.literal(&format!("%{}%", like(text))), 0)],
        Looks::Start(text) => vec![row("part", parts.literal(&format!("{}%", like(text))), 0)],
        Looks::Whole(text) => {
            let whole = row("whole", parts.literal(text), text.chars().count());
            // A version can follow upon an ideograph without a space.
            let open = text.trim_end();
            let is_open =
                pattern.field == Field::Name && open.chars().next_back() >= Some('\u{1100}');
            let begun =
                is_open.then(|| row("begun", parts.literal(open), open.chars().count() + 1));
            std::iter::once(whole).chain(begun).collect()
        }
        Looks::Numbered(text) => {
            vec![row("numbered", parts.literal(text), text.chars().count())]
        }
    }
}

/// False for texts that are compared as they are and that the dialect cannot write.
fn is_sayable(dialect: &Dialect, pattern: &Pattern) -> bool {
    match &pattern.looks {
        Looks::Whole(text) | Looks::Numbered(text) => (dialect.can_say)(text),
        Looks::Words(_) | Looks::Part(_) | Looks::Start(_) => true,
    }
}

fn product_row(parts: &Parts<'_>, number: usize, sought: &Sought<'_>) -> String {
    let outcome = |outcome: Option<OutcomeKind>| parts.literal(outcome.map_or("", OutcomeKind::id));
    format!(
        "({}, {}, {}, {}, {}, {}, {})",
        number + 1,
        sought.vendor,
        parts.literal(sought.product.id.get_ref()),
        u8::from(sought.product.is_fallback),
        u8::from(sought.is_own()),
        outcome(sought.outcome),
        outcome(sought.hint),
    )
}

fn field_literal(field: Field) -> String {
    format!("'{}'", field.id())
}

/// Every distinct program once, and its texts one below the other.
fn titles(parts: &mut Parts<'_>, source: &Source) {
    let columns: Vec<(Field, &str)> =
        source.columns.iter().filter_map(|column| Some((column.field?, column.to))).collect();
    let told: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    let told = told.join(", ");
    let body = format!(
        "  SELECT DENSE_RANK() OVER (ORDER BY {told}), {told}\n  FROM (SELECT DISTINCT {told} FROM listed) AS once"
    );
    parts.add("every program once", "title", &format!("title, {told}"), &body);
    let whens: Vec<String> = columns
        .iter()
        .map(|(field, name)| format!("WHEN {} THEN {name}", field_literal(*field)))
        .collect();
    let has: Vec<String> = columns
        .iter()
        .filter(|(field, _)| OF_NAMES.contains(field))
        .map(|(field, name)| {
            let text = parts.literal(&format!("{} ", field.id()));
            format!("CASE WHEN {name} <> '' THEN {text} ELSE '' END")
        })
        .collect();
    let has = if has.is_empty() { "''".to_owned() } else { has.join(parts.dialect.concat) };
    let rows: Vec<String> =
        columns.iter().map(|(field, _)| format!("({})", field_literal(*field))).collect();
    parts.add_table("what a program has", "part", "field", &rows);
    parts.add(
        "its texts, one below the other, without regard to capitals; and what identifiers it has",
        "written",
        "title, field, has, x",
        &format!(
            "  SELECT title, field, {has},\n    LOWER(CASE field {} END){}\n  FROM title CROSS JOIN part",
            whens.join(" "),
            parts.dialect.exactly
        ),
    );
}

/// The parts that fold a text; the last one's name.
fn fold_steps(parts: &mut Parts<'_>, conditions: &Conditions<'_>) -> String {
    let mut replacements: Vec<(String, String)> = Vec::new();
    let one = |c: char| (parts.dialect.character)(c);
    // Some databases know only the capitals of ASCII.
    for (capital, small) in capitals(conditions) {
        replacements.push((one(capital), one(small)));
    }
    replacements.extend(DROPPED.iter().map(|c| (one(*c), "''".to_owned())));
    let sayable = SPACES.iter().filter(|c| (parts.dialect.can_say)(&c.to_string()));
    replacements.extend(sayable.map(|c| (one(*c), "' '".to_owned())));
    for (kinds, kind) in ONE_KIND {
        let kind = parts.literal(&kind.to_string());
        replacements.extend(kinds.chars().map(|c| (one(c), kind.clone())));
    }
    replacements.extend((0..3).map(|_| ("'  '".to_owned(), "' '".to_owned())));
    parts.replace_steps(
        "no trademark signs, one kind of space, quotation mark and hyphen",
        "written",
        "title, field, has",
        "folded",
        &replacements,
    )
}

/// The capitals beyond ASCII of the letters that are looked for.
fn capitals(conditions: &Conditions<'_>) -> Vec<(char, char)> {
    let mut letters: Vec<char> = Vec::new();
    let mut add = |text: &str| letters.extend(text.chars().filter(|c| !c.is_ascii()));
    for pattern in &conditions.patterns {
        match &pattern.looks {
            Looks::Words(groups) => groups.iter().for_each(|group| add(group)),
            Looks::Part(text) | Looks::Start(text) | Looks::Whole(text) | Looks::Numbered(text) => {
                add(text)
            }
        }
    }
    for maker in &conditions.makers {
        maker.groups.iter().for_each(|group| add(group));
    }
    letters.sort_unstable();
    letters.dedup();
    let capital = |small: char| {
        let mut capitals = small.to_uppercase();
        let capital = capitals.next()?;
        (capitals.next().is_none() && capital != small).then_some((capital, small))
    };
    letters.into_iter().filter_map(capital).collect()
}

/// Cuts the folded texts into words, and has ready what they are compared by.
fn texts(parts: &mut Parts<'_>, folded: &str) {
    let Dialect { substring, length, concat, .. } = parts.dialect;
    let body = format!(
        "  SELECT title, field, has, TRIM(x), ' '{concat}TRIM(x){concat}' '\n  FROM {folded}\n  WHERE x <> ''"
    );
    parts.add("the texts as they are compared", "plain", "title, field, has, folded, x", &body);
    let one = |c: char| parts.literal(&c.to_string());
    let ascii = (' '..='~').filter(|c| c.is_ascii_punctuation());
    let mut replacements: Vec<(String, String)> = ascii
        .chain(SEPARATORS)
        .map(|c| c.to_string())
        .filter(|text| (parts.dialect.can_say)(text))
        .map(|text| (parts.literal(&text), "' '".to_owned()))
        .collect();
    // Runs of spaces become one: "<>" for each, and what stands in the middle goes.
    replacements.push((one(' '), "'<>'".to_owned()));
    replacements.push(("'><'".to_owned(), "''".to_owned()));
    replacements.push(("'<>'".to_owned(), one(' ')));
    let words = parts.replace_steps(
        "whatever is neither letter nor digit separates words",
        "plain",
        "title, field, has, folded",
        "words",
        &replacements,
    );
    // DISTINCT has it worked out once instead of at every comparison.
    let body = format!(
        "  SELECT DISTINCT title, field, has, folded, x,
    CASE WHEN field IN ('name', 'publisher') THEN x
      WHEN field = 'process' AND folded LIKE '%.exe' THEN {substring}(folded, 1, {length}(folded)-4)
      ELSE folded END,
    CASE WHEN field <> 'name' OR TRIM(REPLACE(folded, '\"', ' ')) LIKE '% %' THEN ''
      WHEN REPLACE(folded, '\"', '') LIKE '%.sys' THEN 'driver'
      WHEN REPLACE(folded, '\"', '') LIKE '%.exe' OR REPLACE(folded, '\"', '') LIKE '%.com' THEN 'process'
      WHEN folded LIKE '%{{________-____-____-____-____________}}%' THEN 'product-code'
      ELSE 'package' END,
    CASE WHEN REPLACE(folded, '\"', '') LIKE '%.exe' THEN {substring}(REPLACE(folded, '\"', ''), 1, {length}(REPLACE(folded, '\"', ''))-4)
      ELSE TRIM(REPLACE(folded, '\"', ' ')) END
  FROM {words}"
    );
    parts.add(
        "what whole texts are compared by; and what kind of identifier a name can be, and which",
        "compared",
        "title, field, has, folded, words, whole, kind, id",
        &body,
    );
}

/// Everything that is found, before any of it is weighed.
fn hits(parts: &mut Parts<'_>) {
    let Dialect { substring, concat, .. } = parts.dialect;
    let keys = "title, vendor, product, field, strength, length, of_versions";
    let without_digits = ('0'..='9')
        .fold("t.words".to_owned(), |text, digit| format!("REPLACE({text}, '{digit}', '')"));
    // What an identifier in the place of a name ends with where something stands behind it.
    let end = "CASE p.field WHEN 'process' THEN '.exe ' ELSE ' ' END";
    let extra = "CASE p.field WHEN 'process' THEN 5 ELSE 1 END";
    let body = format!(
        "  SELECT t.title, p.vendor, p.product, p.field,
    CASE WHEN p.field <> t.field AND p.strength = 3 THEN 2 ELSE p.strength END, p.length, p.of_versions,
    CASE WHEN p.looks = 'whole' AND p.field = 'name' AND p.text <> t.words THEN {substring}(t.words, p.size, 4000)
      WHEN p.looks = 'begun' THEN {substring}(t.words, p.size, 4000)
      WHEN p.looks = 'numbered' AND p.field = t.field THEN {substring}(t.folded, p.size+1, 4000)
      WHEN p.looks = 'whole' AND p.field <> t.field AND p.text <> t.id THEN {substring}(t.id, p.size+{extra}, 4000)
      ELSE '' END{concat}' '
  FROM compared AS t
  JOIN stands AS s ON s.seen_in = t.field
  JOIN pattern AS p ON p.field = s.field
  WHERE 1 = CASE
    WHEN p.field = t.field THEN CASE p.looks
      WHEN 'words' THEN CASE WHEN t.words LIKE p.text ESCAPE '!' THEN 1 ELSE 0 END
      WHEN 'part' THEN CASE WHEN t.folded LIKE p.text ESCAPE '!' THEN 1 ELSE 0 END
      WHEN 'whole' THEN CASE WHEN p.text = t.whole THEN 1
        WHEN p.field = 'name' AND p.text = {substring}(t.words, 1, p.size) AND t.folded LIKE '% %'
          AND t.folded NOT LIKE '\"%' THEN 1 ELSE 0 END
      WHEN 'begun' THEN CASE WHEN p.text = {substring}(t.words, 1, p.size-1)
        AND {substring}(t.words, p.size, 1) BETWEEN '0' AND '9' THEN 1 ELSE 0 END
      WHEN 'numbered' THEN CASE WHEN p.text = t.folded THEN 1
        WHEN p.text = {substring}(t.folded, 1, p.size) AND {substring}(t.folded, p.size+1, 1) BETWEEN '.' AND '9' THEN 1 ELSE 0 END
      WHEN 'maker' THEN CASE WHEN t.words LIKE p.text ESCAPE '!'
        AND t.words NOT LIKE '% powered by %' THEN 1 ELSE 0 END
      WHEN 'speaks' THEN CASE WHEN TRIM({without_digits}) NOT IN ('', 'unknown')
        AND REPLACE(t.folded, 'cn=', '') NOT LIKE '________-____-____-____-____________' THEN 1 ELSE 0 END
      ELSE 0 END
    WHEN t.has LIKE '%'{concat}p.field{concat}' %' THEN 0
    WHEN t.kind = '' AND p.looks = 'whole' AND {substring}(t.id, 1, p.size+{extra}) = p.text{concat}{end}
      AND p.field <> 'product-code' AND (p.field <> 'driver' OR p.text LIKE '%.sys') THEN 1
    WHEN t.kind <> CASE p.field WHEN 'bundle' THEN 'package' ELSE p.field END THEN 0
    WHEN p.looks = 'whole' AND p.text = t.id THEN 1
    WHEN p.looks = 'words' AND t.words LIKE p.text ESCAPE '!' THEN 1
    WHEN p.looks = 'part' AND t.id LIKE p.text ESCAPE '!' THEN 1
    ELSE 0 END"
    );
    parts.add(
        "everything that is found; a name that could be an identifier counts a step less. What \
         stands behind a whole name or a service's must not be more of it",
        "begun",
        &format!("{keys}, x"),
        &body,
    );
    let rest = parts.replace_steps(
        "what stands behind it without versions, architectures and the like",
        "begun",
        keys,
        "behind",
        &tails(),
    );
    let languages: Vec<String> = LANGUAGES.iter().map(|language| parts.literal(language)).collect();
    let body = format!(
        "  SELECT {keys}
  FROM {rest}
  WHERE TRIM(x) = '' OR (TRIM(x) LIKE '__  __' AND {substring}(TRIM(x), 1, 2) IN ({}))",
        languages.join(", "),
    );
    parts.add("nothing is left but perhaps a language", "hit", keys, &body);
}

/// What can stand behind a name without being a part of it, with what it is replaced by.
fn tails() -> Vec<(String, String)> {
    let gone = |text: &str| (format!("'{text}'"), "''".to_owned());
    let signs = ["(", ")", "[", "]", ",", ";", ":", "-", "_", "."];
    let mut replacements: Vec<(String, String)> =
        signs.iter().map(|sign| (format!("'{sign}'"), "' '".to_owned())).collect();
    // Each word gets spaces of its own, so that neighbours do not share them.
    replacements.push(("' '".to_owned(), "'  '".to_owned()));
    let is_number = |word: &&str| !word.bytes().all(|b| b.is_ascii_digit());
    let mut architectures: Vec<&str> =
        ARCHITECTURES.iter().flat_map(|text| text.split(['-', '_'])).filter(is_number).collect();
    architectures.sort_unstable();
    architectures.dedup();
    replacements.extend(architectures.iter().map(|word| gone(&format!(" {word} "))));
    replacements.extend(('0'..='9').map(|digit| gone(&digit.to_string())));
    replacements.extend(BEFORE_VERSIONS.iter().map(|word| gone(&format!(" {word} "))));
    replacements
}

/// Of what was found of a maker, which product it is and how sure that is.
fn choice(parts: &mut Parts<'_>) {
    parts.add(
        "each beside what else was found of the maker",
        "beside",
        "title, vendor, product, field, strength, length, of_versions, fallback, own, agrees, speaks, other",
        "  SELECT h.title, h.vendor, h.product, h.field, h.strength, h.length, h.of_versions, o.fallback, o.own,
    MAX(CASE WHEN h.product = -1 THEN 1 ELSE 0 END) OVER (PARTITION BY h.title, h.vendor),
    MAX(CASE WHEN h.product = -2 THEN 1 ELSE 0 END) OVER (PARTITION BY h.title),
    MAX(CASE WHEN h.product = 0 THEN 1 ELSE 0 END) OVER (PARTITION BY h.title, h.vendor)
  FROM hit AS h LEFT JOIN product AS o ON o.product = h.product",
    );
    parts.add(
        "what each product has for it; nothing where it is known to be something else, or where \
         the maker itself publishes what should be another company's",
        "candidate",
        "title, vendor, product, strength, length, of_versions, plain, beyond_name, enough, fallback, own, agrees, speaks",
        "  SELECT title, vendor, product, MAX(strength), MAX(length), MAX(of_versions),
    MAX(CASE WHEN of_versions = 0 AND strength >= 2 THEN 1 ELSE 0 END),
    MAX(CASE WHEN strength >= 2 AND field <> 'name' THEN 1 ELSE 0 END),
    MAX(CASE WHEN strength >= 2 OR (field = 'name' AND agrees = 1) THEN 1 ELSE 0 END),
    MAX(fallback), MAX(own), MAX(agrees), MAX(speaks)
  FROM beside
  WHERE product > 0 AND other = 0 AND (own = 1 OR agrees = 0)
  GROUP BY title, vendor, product",
    );
    parts.add(
        "the best of each maker's comes first; for it speaks whatever was found of the maker's own",
        "ranked",
        "title, product, of_versions, plain, fallback, agrees, speaks, strength, beyond_name, place",
        "  SELECT title, product, of_versions, plain, fallback, agrees, speaks,
    CASE own WHEN 1 THEN MAX(CASE own WHEN 1 THEN strength ELSE 0 END) OVER (PARTITION BY title, vendor) ELSE strength END,
    CASE own WHEN 1 THEN MAX(CASE own WHEN 1 THEN beyond_name ELSE 0 END) OVER (PARTITION BY title, vendor) ELSE beyond_name END,
    ROW_NUMBER() OVER (PARTITION BY title, vendor
      ORDER BY enough DESC, fallback, strength DESC, length DESC, of_versions DESC, product)
  FROM candidate",
    );
    parts.add(
        "a brand's bare name under another company's publisher is a hint only, and so is what \
         holds for some versions",
        "found",
        "title, product, certainty",
        "  SELECT title, product,
    CASE WHEN fallback = 1 AND beyond_name = 0 AND agrees = 0 AND speaks = 1 THEN 'look at it'
      WHEN of_versions = 1 AND plain = 0 THEN 'look at it'
      WHEN strength < 2 AND agrees = 0 THEN 'look at it'
      ELSE 'certain' END
  FROM ranked
  WHERE place = 1",
    );
}

fn answer(source: &Source) -> String {
    let all: Vec<String> = source.columns.iter().map(|c| format!("l.{}", c.to)).collect();
    let same: Vec<String> = source
        .columns
        .iter()
        .filter(|column| column.field.is_some())
        .map(|column| format!("l.{0} = t.{0}", column.to))
        .collect();
    format!(
        "
SELECT {},
  o.id AS found_product, CASE f.certainty WHEN 'certain' THEN o.outcome ELSE o.hint END AS found_outcome,
  f.certainty AS found_certainty
FROM found AS f
JOIN product AS o ON o.product = f.product
JOIN title AS t ON t.title = f.title
JOIN listed AS l ON {}
WHERE CASE f.certainty WHEN 'certain' THEN o.outcome ELSE o.hint END <> '';
",
        all.join(", "),
        same.join(" AND ")
    )
}

/// The patterns that the dialect cannot write.
pub(super) fn unsayable(conditions: &Conditions<'_>, dialect: &Dialect) -> Vec<String> {
    let unsayable = conditions.patterns.iter().filter(|pattern| !is_sayable(dialect, pattern));
    unsayable.map(|pattern| pattern.rule.clone()).collect()
}

/// A text in single quotation marks, where they are doubled in it.
pub(super) fn doubled(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Rows as a table, in standard SQL.
pub(super) fn values(_columns: &str, rows: &[String]) -> String {
    format!("  VALUES\n  {}", rows.join(",\n  "))
}

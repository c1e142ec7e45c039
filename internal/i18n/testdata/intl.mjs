// Prints what Intl writes, as JSON: for each language of the request (standard
// input) its dates, spans, numbers, lists, plural categories and the order of
// the words given. Dates are "2026", "2026-11" or "2026-11-23".
import fs from "node:fs";

const ask = JSON.parse(fs.readFileSync(0, "utf8"));
const utc = (s) => new Date(Date.UTC(+s.slice(0, 4), +(s.slice(5, 7) || 1) - 1, +(s.slice(8, 10) || 1)));
const style = (s) => ({ timeZone: "UTC", year: "numeric", ...(s.length > 4 && { month: "long" }), ...(s.length > 7 && { day: "numeric" }) });
const out = { cldr: process.versions.cldr, langs: {} };
for (const { lang, locale } of ask.langs) {
  const digits = (n) => new Intl.NumberFormat(locale, { minimumFractionDigits: n, maximumFractionDigits: n });
  const plural = new Intl.PluralRules(locale);
  out.langs[lang] = {
    dates: ask.dates.map((d) => new Intl.DateTimeFormat(locale, style(d)).format(utc(d))),
    spans: ask.spans.map(([a, b]) => new Intl.DateTimeFormat(locale, style(a)).formatRange(utc(a), utc(b))),
    numbers: ask.numbers.map((n) => digits(0).format(n)),
    decimals: ask.decimals.map((n) => digits(1).format(n)),
    and: ask.lists.map((l) => new Intl.ListFormat(locale).format(l)),
    or: ask.lists.map((l) => new Intl.ListFormat(locale, { type: "disjunction" }).format(l)),
    plurals: ask.numbers.map((n) => plural.select(n)),
    names: ask.langs.map((l) => new Intl.DisplayNames(locale, { type: "language", fallback: "none" }).of(l.lang) ?? ""),
    sorted: (ask.words[lang] ?? []).toSorted(new Intl.Collator(locale).compare),
  };
}
console.log(JSON.stringify(out));

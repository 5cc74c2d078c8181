#include "widgets/help/help_search.h"

#include <QStringList>
#include <algorithm>

namespace rw::ui {

namespace {

enum Match { Nowhere, InsideWord, InText, InHeading, InTitle };

constexpr int kWorstWeight = 1000;  // above the sum of any search

struct PageParts {
    QString title, headings, text;
};

PageParts partsOf(const QString& page) {
    PageParts parts{page.section(QLatin1Char('\n'), 0, 0), {}, page.simplified()};
    for (const QString& line : page.split(QLatin1Char('\n')))
        if (line.startsWith(QLatin1Char('#'))) parts.headings += line + QLatin1Char('\n');
    return parts;
}

// Chinese has no spaces: a word can start anywhere.
bool startsWord(const QString& text, qsizetype at) {
    if (at == 0) return true;
    const QChar before = text[at - 1];
    return !before.isLetterOrNumber() || before.script() == QChar::Script_Han;
}

bool hasWord(const QString& text, const QString& start) {
    qsizetype at = text.indexOf(start, 0, Qt::CaseInsensitive);
    while (at >= 0 && !startsWord(text, at)) at = text.indexOf(start, at + 1, Qt::CaseInsensitive);
    return at >= 0;
}

Match matchOf(const QString& word, const PageParts& page) {
    if (hasWord(page.title, word)) return InTitle;
    if (hasWord(page.headings, word)) return InHeading;
    if (hasWord(page.text, word)) return InText;
    return page.text.contains(word, Qt::CaseInsensitive) ? InsideWord : Nowhere;
}

// “dates” finds “date”, too.
QString withoutPlural(const QString& word) {
    return word.size() > 3 && word.endsWith(QLatin1Char('s'), Qt::CaseInsensitive) ? word.chopped(1) : word;
}

}  // namespace

int helpScore(const QString& typed, const QString& page) {
    const PageParts parts = partsOf(page);
    const QString phrase = typed.simplified();
    const QStringList words = phrase.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int worst = InTitle, sum = matchOf(phrase, parts);  // words that stand together say more
    for (const QString& word : words) {
        const int match = matchOf(withoutPlural(word), parts);
        worst = std::min(worst, match);
        sum += match;
    }
    if (words.isEmpty() || worst == Nowhere) return 0;
    return worst * kWorstWeight + std::min(sum, kWorstWeight - 1);
}

}  // namespace rw::ui

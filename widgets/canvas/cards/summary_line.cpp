#include "widgets/canvas/cards/summary_line.h"

#include <QStringList>

#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr double kLeastItem = 36;  // an item cut shorter than this says nothing

// Splits at commas outside brackets and quotation marks.
QStringList listItems(const QString& list) {
    QStringList items;
    int depth = 0;
    bool quoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QChar c = list[i];
        if (c == QLatin1Char('\'')) quoted = !quoted;
        if (quoted) continue;
        if (c == QLatin1Char('(')) ++depth;
        if (c == QLatin1Char(')')) --depth;
        if (c != QLatin1Char(',') || depth > 0) continue;
        items << list.mid(begin, i - begin).trimmed();
        begin = i + 1;
    }
    items << list.mid(begin).trimmed();
    return items;
}

// A call keeps its name and the first words inside it: “AVG(load…)”; anything else its beginning.
QString cutItem(const QString& item, const QFont& font, double room) {
    const qsizetype open = item.indexOf(QLatin1Char('('));
    for (qsizetype end = item.lastIndexOf(QLatin1Char(' ')); open > 0 && end > open + 1;
         end = item.lastIndexOf(QLatin1Char(' '), end - 1)) {
        // An operator or a comma left over at the cut says nothing.
        qsizetype word = end;
        while (word > open + 1 && !item[word - 1].isLetterOrNumber()) --word;
        const QString cut = item.left(word) + QStringLiteral("…)");
        if (word > open + 1 && textWidth(cut, font) <= room) return cut;
    }
    return elided(item, font, room, Qt::ElideRight);
}

}  // namespace

QString summaryLine(const QString& whole, const QFont& font, double width) {
    const QString summary = shownText(whole);
    if (textWidth(summary, font) <= width) return summary;
    const QString separator = QStringLiteral(" · ");
    const qsizetype cut = summary.lastIndexOf(separator);
    const qsizetype begin = cut < 0 ? 0 : cut + separator.size();
    const QString before = summary.left(begin);
    const QStringList items = listItems(summary.mid(begin));
    if (items.size() == 1) return elided(summary, font, width, Qt::ElideRight);
    // The text shown is the beginning of a long one; the count is that of all items.
    const qsizetype all = summary.size() < whole.size() ? listItems(whole.mid(begin)).size() : items.size();
    for (qsizetype shown = items.size() - 1; shown > 0; --shown) {
        const QString line =
            before + items.mid(0, shown).join(QStringLiteral(", ")) + QStringLiteral(" +%1").arg(all - shown);
        if (textWidth(line, font) <= width) return line;
    }
    const QString others = QStringLiteral(" +%1").arg(all - 1);
    const double room = width - textWidth(before, font) - textWidth(others, font);
    if (room < kLeastItem) return elided(summary, font, width, Qt::ElideRight);
    return before + cutItem(items.front(), font, room) + others;
}

}  // namespace rw::ui

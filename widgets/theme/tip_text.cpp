#include "widgets/theme/tip_text.h"

#include <QStringList>
#include <QTextBoundaryFinder>

#include "widgets/theme/shown_text.h"

namespace rw::ui {
namespace {

constexpr int kWidest = 80;              ///< of a line, in Latin letters
constexpr qsizetype kMostLines = 40;     ///< of a tooltip: it fits on a screen
constexpr char16_t kFirstWide = 0x2E80;  ///< from there on characters are as wide as two letters

QString withoutEnd(QString line) {
    while (!line.isEmpty() && line.back().isSpace()) line.chop(1);
    return line;
}

bool isTooWide(const QString& words) {
    int width = 0;
    for (const QChar letter : withoutEnd(words)) width += letter.unicode() < kFirstWide ? 1 : 2;
    return width > kWidest;
}

/// How many of its characters fit in a line, at least a letter with its marks.
qsizetype fitting(const QString& word) {
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, word);
    qsizetype end = letters.toNextBoundary();
    for (qsizetype next = letters.toNextBoundary(); next > 0 && !isTooWide(word.left(next));
         next = letters.toNextBoundary())
        end = next;
    return end > 0 ? end : word.size();
}

void wrap(const QString& words, QStringList& lines) {
    QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, words);
    QString line;
    for (qsizetype begin = 0; begin < words.size();) {
        const qsizetype next = breaks.toNextBoundary();
        const qsizetype end = next < 0 ? words.size() : next;
        QString piece = words.mid(begin, end - begin);
        if (!line.isEmpty() && isTooWide(line + piece)) {
            lines << withoutEnd(line);
            line.clear();
        }
        while (isTooWide(piece)) {
            const qsizetype part = fitting(piece);
            lines << piece.left(part);
            piece.remove(0, part);
        }
        line += piece;
        begin = end;
    }
    lines << withoutEnd(line);
}

QStringList linesOf(const QString& words) {
    QStringList lines;
    for (const QString& line : words.split(u'\n')) {
        if (isTooWide(line)) {
            wrap(line, lines);
        } else {
            lines << line;
        }
    }
    return lines;
}

}  // namespace

QString wrappedLines(const QString& words) {
    return linesOf(words).join(u'\n');
}

QString tipText(const QString& words) {
    QStringList lines = linesOf(shownLines(words, kTipLength));
    if (lines.size() > kMostLines) {
        lines.resize(kMostLines);
        lines.back() += u'…';
    }
    return lines.join(u'\n');
}

}  // namespace rw::ui

#include "widgets/document/help_text.h"

#include <QTextBoundaryFinder>

#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr int kWidest = 80;              ///< of a line, in Latin letters
constexpr char16_t kFirstWide = 0x2E80;  ///< from there on characters are as wide as two letters

int widthOf(const QString& words) {
    int width = 0;
    for (const QChar letter : words) width += letter.unicode() < kFirstWide ? 1 : 2;
    return width;
}

QString inLines(const QString& words) {
    QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, words);
    QString lines, line;
    for (qsizetype begin = 0; begin < words.size();) {
        const qsizetype next = breaks.toNextBoundary();
        const qsizetype end = next < 0 ? words.size() : next;
        const QString piece = words.mid(begin, end - begin);
        if (!line.isEmpty() && widthOf((line + piece).trimmed()) > kWidest) {
            lines += line.trimmed() + QLatin1Char('\n');
            line.clear();
        }
        line += piece;
        begin = end;
    }
    return lines + line;
}

}  // namespace

QString plainHelp(const Text& help) {
    return QString::fromStdString(withoutCodeMarks(translated(help).toStdString()));
}

QString helpTip(const Text& help) {
    return inLines(plainHelp(help));
}

}  // namespace rw::ui

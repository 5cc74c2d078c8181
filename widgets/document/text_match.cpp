#include "widgets/document/text_match.h"

namespace rw::ui {

int textScore(const QString& typed, const QString& text) {
    if (text.startsWith(typed, Qt::CaseInsensitive)) return 100;
    const auto at = text.indexOf(typed, 0, Qt::CaseInsensitive);
    if (at > 0) return text[at - 1].isLetterOrNumber() ? 60 : 80;
    int score = 50;
    qsizetype from = 0;
    for (const QChar letter : typed) {
        if (letter.isSpace()) continue;
        const auto next = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (next < 0) return 0;
        score -= static_cast<int>(qMin<qsizetype>(next - from, 4));
        from = next + 1;
    }
    return qMax(score, 1);
}

}  // namespace rw::ui

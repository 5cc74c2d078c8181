#include "widgets/theme/shown_text.h"

#include <algorithm>

#include "core/base/control_characters.h"

namespace rw::ui {
namespace {

constexpr QChar kUnshowable = QChar::ReplacementCharacter;

bool endsLine(QChar c) {
    return c == u'\n' || c == u'\r' || c == u'\v' || c == u'\f' || c == QChar(0x85) ||
           c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool turnsWords(QChar c) {
    return turnsDirection(c.unicode());
}

bool isControl(QChar c) {
    return isControlCharacter(c.unicode());
}

bool fits(QChar c, bool lines) {
    if (lines && c == u'\n') return true;
    return !endsLine(c) && !turnsWords(c) && !isControl(c);
}

QString made(const QString& text, qsizetype most, bool lines) {
    const bool whole = text.size() <= most;
    if (whole && std::all_of(text.begin(), text.end(), [lines](QChar c) { return fits(c, lines); }))
        return text;
    QString out;
    out.reserve(std::min(text.size(), most) + 1);
    for (const QChar c : text) {
        if (turnsWords(c)) continue;
        if (out.size() >= most) {
            if (out.back().isHighSurrogate()) out.chop(1);
            return out + u'…';
        }
        if (fits(c, lines)) {
            out += c;
        } else {
            out += endsLine(c) || c == u'\t' ? QChar(u' ') : kUnshowable;
        }
    }
    return out;
}

}  // namespace

QString shownText(const QString& text, qsizetype most) {
    return made(text, most, false);
}

QString shownLines(const QString& text, qsizetype most) {
    return made(text, most, true);
}

QString labelText(const QString& text) {
    constexpr qsizetype kLabelLength = 120;  // wider than any menu should be
    return shownText(text, kLabelLength).replace(u'&', QLatin1String("&&"));
}

QString numberedLabel(qsizetype number, const QString& words) {
    constexpr qsizetype kDigits = 9, kLetters = 26;
    if (number > kDigits + kLetters) return labelText(words);
    const QChar letter = number > kDigits ? QChar(u'A' + static_cast<char16_t>(number - kDigits - 1))
                                          : QChar(u'0' + static_cast<char16_t>(number));
    return QStringLiteral("&%1  %2").arg(letter).arg(labelText(words));
}

QString titleBarText(const QString& text) {
    return shownText(text).replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
}

QString withoutMnemonic(const QString& words) {
    QString out;
    out.reserve(words.size());
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QStringView rest = QStringView(words).mid(i);
        // Chinese sets the letter behind the words.
        if (rest.size() >= 4 && rest[0] == u'(' && rest[1] == u'&' && rest[2] != u'&' && rest[3] == u')') {
            i += 3;
            continue;
        }
        if (words[i] == u'&' && i + 1 < words.size()) ++i;
        out += words[i];
    }
    return out;
}

QString plainText(const QAction& action) {
    return withoutMnemonic(action.text());
}

}  // namespace rw::ui

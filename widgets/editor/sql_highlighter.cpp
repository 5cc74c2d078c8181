#include "widgets/editor/sql_highlighter.h"

#include <QRegularExpression>
#include <QSet>

#include "core/sql/aggregates/aggregates.h"
#include "core/sql/functions/functions.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

const QSet<QString>& keywords() {
    static const QSet<QString> kWords{
        QStringLiteral("AND"),       QStringLiteral("OR"),       QStringLiteral("NOT"),
        QStringLiteral("IS"),        QStringLiteral("NULL"),     QStringLiteral("TRUE"),
        QStringLiteral("FALSE"),     QStringLiteral("IN"),       QStringLiteral("BETWEEN"),
        QStringLiteral("LIKE"),      QStringLiteral("ESCAPE"),   QStringLiteral("CASE"),
        QStringLiteral("WHEN"),      QStringLiteral("THEN"),     QStringLiteral("ELSE"),
        QStringLiteral("END"),       QStringLiteral("AS"),       QStringLiteral("CAST"),
        QStringLiteral("TRY_CAST"),  QStringLiteral("DISTINCT"), QStringLiteral("FROM"),
        QStringLiteral("FILTER"),    QStringLiteral("WHERE"),    QStringLiteral("INTERVAL"),
        QStringLiteral("TIMESTAMP"), QStringLiteral("DATE"),     QStringLiteral("DESC"),
        QStringLiteral("ASC"),       QStringLiteral("TO")};
    return kWords;
}

bool isFunction(const QString& upper) {
    const std::string name = upper.toStdString();
    if (sql::findFunction(name) != nullptr) return true;
    for (const sql::AggregateInfo& info : sql::aggregateFunctions()) {
        if (info.name == name) return true;
    }
    return false;
}

}  // namespace

SqlHighlighter::SqlHighlighter(QTextDocument* document) : MarkingHighlighter(document) {
    connect(&Theme::of(document), &Theme::changed, this, &SqlHighlighter::rehighlight);
}

void MarkingHighlighter::setErrorRanges(std::vector<ErrorRange> ranges) {
    if (ranges == m_errorRanges) return;
    m_errorRanges = std::move(ranges);
    rehighlight();
}

void SqlHighlighter::highlightBlock(const QString& text) {
    static const QRegularExpression kToken(QStringLiteral(
        "'(?:[^']|'')*'?|`[^`]*`?|\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|[A-Za-z_][A-Za-z0-9_]*|--.*$"));
    const Tokens& tokens = Theme::of(this).tokens();
    for (auto it = kToken.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString word = match.captured();
        QColor color = tokens.text;
        if (word.startsWith(QLatin1String("--"))) {
            color = tokens.dim;
        } else if (word.front() == QLatin1Char('\'')) {
            color = tokens.sink.text;
        } else if (word.front().isDigit()) {
            color = tokens.source.text;
        } else if (keywords().contains(word.toUpper()) || isFunction(word.toUpper())) {
            color = tokens.op.text;
        }
        setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), color);
    }
    markErrors(text);
}

void MarkingHighlighter::markErrors(const QString& text) {
    const Tokens& tokens = Theme::of(this).tokens();
    for (const ErrorRange& mistake : m_errorRanges) {
        const int from = std::max(0, mistake.position - currentBlock().position());
        const int to = std::min(static_cast<int>(text.size()),
                                mistake.position + mistake.length - currentBlock().position());
        for (int i = from; i < to; ++i) {
            QTextCharFormat wavy = format(i);
            wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            wavy.setUnderlineColor(mistake.warning ? tokens.warn.line : tokens.error.line);
            setFormat(i, 1, wavy);
        }
    }
}

int characterAt(const std::string& utf8, std::size_t byte) {
    return static_cast<int>(QString::fromStdString(utf8.substr(0, std::min(byte, utf8.size()))).size());
}

}  // namespace rw::ui

#include "widgets/help/markdown.h"

namespace rw::ui {

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString escapedMarkdown(const QString& words) {
    static const QString marks = QStringLiteral("\\`*_{}[]<>()#+-!|~&");
    QString out;
    for (const QChar letter : words) {
        if (marks.contains(letter)) out += QLatin1Char('\\');
        out += letter;
    }
    return out;
}

QString markdownCode(const QString& name) {
    return name.contains(QLatin1Char('|')) ? escapedMarkdown(name) : QStringLiteral("`%1`").arg(name);
}

QString markdownRow(const QStringList& cells) {
    return QStringLiteral("| %1 |\n").arg(cells.join(QLatin1String(" | ")));
}

}  // namespace rw::ui

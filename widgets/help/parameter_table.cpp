#include "widgets/help/parameter_table.h"

#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/markdown.h"

namespace rw::ui {

namespace {

const QLatin1String kMark("[//]: # (parameters)\n");

/// “`last`: the newest value”. A label that repeats the value says nothing more.
QString choiceOf(const Choice& choice) {
    const QString value = markdownCode(fromView(choice.value)), label = translated(choice.label);
    if (label.isEmpty() || label.compare(fromView(choice.value), Qt::CaseInsensitive) == 0) return value;
    return translated(
        RW_TEXT("help", "%1: %2").with(value.toStdString(), escapedMarkdown(label).toStdString()));
}

/// Code stands between backticks; nothing else means anything to Markdown.
QString helpOf(const ParamSpec& param) {
    const QString help = translated(param.help);
    const QStringList parts = help.split(QLatin1Char('`'));
    if (parts.size() % 2 == 0) return escapedMarkdown(help);
    QString out;
    for (qsizetype i = 0; i < parts.size(); ++i)
        out += i % 2 == 0 ? escapedMarkdown(parts[i]) : markdownCode(parts[i]);
    return out;
}

/// Chinese sets no space between sentences.
void addSentence(QString& text, const QString& sentence) {
    if (!text.endsWith(QChar(0x3002))) text += QLatin1Char(' ');
    text += sentence;
}

/// Nothing for a default of nothing, such as an empty list.
QString defaultOf(const ParamSpec& param) {
    const Json& json = param.defaultValue;
    const std::string value = json.is_string() ? json.get<std::string>() : json.empty() ? "" : json.dump();
    if (value.empty()) return {};
    const QString code = markdownCode(QString::fromStdString(value));
    return translated(RW_TEXT("help", "Default: %1.").with(code.toStdString()));
}

QString meaningOf(const ParamSpec& param) {
    QString out = helpOf(param);
    QStringList choices;
    for (const Choice& choice : param.choices) choices << choiceOf(choice);
    if (!choices.isEmpty()) {
        const QString all = choices.join(translated(RW_TEXT("help", "; ")));
        addSentence(out, translated(RW_TEXT("help", "%1.").with(all.toStdString())));
    }
    if (const QString standard = defaultOf(param); !standard.isEmpty()) addSentence(out, standard);
    return out;
}

}  // namespace

QString parameterTable(const std::vector<ParamSpec>& params) {
    QString table =
        markdownRow({translated(RW_TEXT("help", "Parameter")), translated(RW_TEXT("help", "Meaning"))}) +
        QStringLiteral("|---|---|\n");
    for (const ParamSpec& param : params) {
        table += markdownRow({QStringLiteral("**%1** `%2`")
                                  .arg(escapedMarkdown(translated(param.label)), fromView(param.name)),
                              meaningOf(param)});
    }
    return table;
}

QString withParameterTable(QString text, const QString& page, const Catalogue& catalogue) {
    if (!text.contains(kMark)) return text;
    const auto& kinds = catalogue.kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&page](const NodeKind& kind) {
        return helpPageOf(fromView(kind.type)) == page;
    });
    return found == kinds.end() ? text : text.replace(kMark, parameterTable(found->params));
}

}  // namespace rw::ui

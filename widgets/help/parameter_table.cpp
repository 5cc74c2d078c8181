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
    if (label.isEmpty() || label == fromView(choice.value)) return value;
    return translated(
        RW_TEXT("help", "%1: %2").with(value.toStdString(), escapedMarkdown(label).toStdString()));
}

QString meaningOf(const ParamSpec& param) {
    QString out = escapedMarkdown(translated(param.help));
    QStringList choices;
    for (const Choice& choice : param.choices) choices << choiceOf(choice);
    if (!choices.isEmpty()) out += QLatin1Char(' ') + choices.join(QLatin1String("; ")) + QLatin1Char('.');
    if (!param.defaultValue.is_null()) {
        const Json& json = param.defaultValue;
        const QString value =
            markdownCode(QString::fromStdString(json.is_string() ? json.get<std::string>() : json.dump()));
        out += QLatin1Char(' ') + translated(RW_TEXT("help", "Default: %1.").with(value.toStdString()));
    }
    return out;
}

QString tableOf(const NodeKind& kind) {
    QString table =
        markdownRow({translated(RW_TEXT("help", "Parameter")), translated(RW_TEXT("help", "Meaning"))}) +
        QStringLiteral("|---|---|\n");
    for (const ParamSpec& param : kind.params) {
        table += markdownRow({QStringLiteral("**%1** `%2`")
                                  .arg(escapedMarkdown(translated(param.label)), fromView(param.name)),
                              meaningOf(param)});
    }
    return table;
}

}  // namespace

QString withParameterTable(QString text, const QString& page, const Catalogue& catalogue) {
    if (!text.contains(kMark)) return text;
    const auto& kinds = catalogue.kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&page](const NodeKind& kind) {
        return helpPageOf(fromView(kind.type)) == page;
    });
    return found == kinds.end() ? text : text.replace(kMark, tableOf(*found));
}

}  // namespace rw::ui

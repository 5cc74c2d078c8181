#include "widgets/help/connection_tables.h"

#include <vector>

#include "core/connect/connections/connection_kind.h"
#include "widgets/document/translated.h"
#include "widgets/help/markdown.h"
#include "widgets/help/parameter_table.h"

namespace rw::ui {

namespace {

const QLatin1String kKindsMark("[//]: # (connection kinds)\n");

ParamSpec paramOf(const ConnectionField& field) {
    ParamSpec param = makeParam(field.name, ParamKind::String, field.label, field.help);
    if (!field.otherwise.empty()) param.defaultValue = field.otherwise;
    param.choices = field.choices;
    return param;
}

ParamSpec paramOf(const ConnectionSecret& secret) {
    const Text kept = RW_TEXT("help", "A secret: it lies in the keyring or in an environment variable.");
    return makeParam(secret.name, ParamKind::String, secret.label,
                     secret.help.empty() ? kept : RW_TEXT("help", "%1 %2").with(secret.help, kept));
}

QString partOf(const ConnectionKind& kind) {
    std::vector<ParamSpec> params;
    for (const ConnectionField& field : kind.fields) params.push_back(paramOf(field));
    for (const ConnectionSecret& secret : kind.secrets) params.push_back(paramOf(secret));
    return QStringLiteral("### %1 `%2`\n\n%3\n\n%4\n")
        .arg(escapedMarkdown(translated(kind.label)), fromView(kind.name),
             escapedMarkdown(translated(kind.help)), parameterTable(params));
}

}  // namespace

QString withConnectionTables(QString text) {
    if (!text.contains(kKindsMark)) return text;
    QString all;
    for (const ConnectionKind& kind : connectionKinds()) all += partOf(kind);
    return text.replace(kKindsMark, all);
}

}  // namespace rw::ui

#include "widgets/theme/style_sheet.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

using Names = QHash<QString, QColor>;

void addKind(Names& names, const QString& name, const KindColors& kind) {
    names.insert(name, kind.fill);
    names.insert(name + QStringLiteral(".text"), kind.text);
    names.insert(name + QStringLiteral(".tint"), kind.tint);
}

void addState(Names& names, const QString& name, const StateColors& state) {
    names.insert(name, state.line);
    names.insert(name + QStringLiteral(".text"), state.text);
    names.insert(name + QStringLiteral(".tint"), state.tint);
}

Names namesOf(const Tokens& t) {
    Names names = {
        {QStringLiteral("bg"), t.bg},
        {QStringLiteral("panel"), t.panel},
        {QStringLiteral("panel2"), t.panel2},
        {QStringLiteral("card"), t.card},
        {QStringLiteral("field"), t.field},
        {QStringLiteral("hover"), t.hover},
        {QStringLiteral("selected"), t.selected},
        {QStringLiteral("line"), t.line},
        {QStringLiteral("line2"), t.line2},
        {QStringLiteral("text"), t.text},
        {QStringLiteral("dim"), t.dim},
        {QStringLiteral("disabled"), t.disabled},
        {QStringLiteral("accent"), t.accent},
        {QStringLiteral("accent.hover"), t.accentHover},
        {QStringLiteral("accent.pressed"), t.accentPressed},
        {QStringLiteral("accent.edge"), mixed(t.accent, t.panel, 0.55)},
        {QStringLiteral("onAccent"), t.onAccent},
    };
    addKind(names, QStringLiteral("source"), t.source);
    addKind(names, QStringLiteral("operator"), t.op);
    addKind(names, QStringLiteral("sink"), t.sink);
    addState(names, QStringLiteral("ok"), t.ok);
    addState(names, QStringLiteral("warn"), t.warn);
    addState(names, QStringLiteral("error"), t.error);
    return names;
}

}  // namespace

QString styleSheet(const Theme& theme) {
    QFile file(QStringLiteral(":/themes/controls.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QString source = QString::fromUtf8(file.readAll());
    const Names names = namesOf(theme.tokens());
    static const QRegularExpression placeholder(QStringLiteral("@(?:(\\d+)|([a-zA-Z][a-zA-Z0-9.]*))"));

    QString sheet;
    qsizetype end = 0;
    for (auto it = placeholder.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sheet += QStringView(source).mid(end, match.capturedStart() - end);
        if (!match.captured(1).isEmpty())
            sheet += QString::number(theme.scaled(match.captured(1).toInt())) + QStringLiteral("px");
        else
            sheet += names.value(match.captured(2)).name();
        end = match.capturedEnd();
    }
    sheet += QStringView(source).mid(end);
    return sheet;
}

}  // namespace rw::ui

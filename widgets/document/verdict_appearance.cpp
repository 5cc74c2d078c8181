#include "widgets/document/verdict_appearance.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/deploy/engine_writer.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

Text capitalName(Verdict verdict) {
    switch (verdict) {
        case Verdict::Exact:
            return RW_TEXT("portability", "Exact");
        case Verdict::Equivalent:
            return RW_TEXT("portability", "Equivalent");
        case Verdict::Approximated:
            return RW_TEXT("portability", "Approximated");
        case Verdict::Refused:
            break;
    }
    return RW_TEXT("portability", "Refused");
}

/// Of a remark that gives no reason.
Text meaningOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Exact:
            return RW_TEXT("portability", "The same rows with the same values.");
        case Verdict::Equivalent:
            return RW_TEXT("portability",
                           "The same rows in another order, at other times or in other files.");
        case Verdict::Approximated:
            return RW_TEXT("portability", "Some rows or values may differ.");
        case Verdict::Refused:
            break;
    }
    return RW_TEXT("portability", "It can't be there.");
}

}  // namespace

QString engineTitle(Engine engine) {
    const std::string_view title = writerOf(engine).title;
    return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

VerdictSign verdictSign(Verdict verdict) {
    switch (verdict) {
        case Verdict::Exact:
            return {QStringLiteral("check"), ColorRole::Ok};
        case Verdict::Equivalent:
            return {QStringLiteral("equivalent"), ColorRole::Accent};
        case Verdict::Approximated:
            return {QStringLiteral("approximated"), ColorRole::Warn};
        case Verdict::Refused:
            break;
    }
    return {QStringLiteral("blocked"), ColorRole::Error};
}

QString verdictLine(Engine engine, Verdict verdict) {
    return QCoreApplication::translate("portability", "%1: %2")
        .arg(engineTitle(engine), translated(verdictText(verdict)));
}

Text remarkHead(const Remark& remark) {
    const Text name = capitalName(remark.verdict);
    if (remark.what.empty() && !remark.condition.empty())
        return RW_TEXT("portability", "%1 while %2.").with(name, remark.condition);
    return RW_TEXT("portability", "%1: %2")
        .with(name, remark.what.empty() ? meaningOf(remark.verdict) : remark.what);
}

Text remarkAdvice(const Remark& remark) {
    if (remark.what.empty() || remark.condition.empty()) return remark.fix;
    Text condition = RW_TEXT("portability", "Holds while %1.").with(remark.condition);
    if (remark.fix.empty()) return condition;
    return RW_TEXT("portability", "%1 %2").with(condition, remark.fix);
}

QString verdictLines(Engine engine, const NodeVerdict& verdict) {
    QStringList lines{verdictLine(engine, verdict.verdict())};
    for (const Remark& remark : verdict.findings) {
        lines << translated(remarkHead(remark));
        if (const Text advice = remarkAdvice(remark); !advice.empty()) lines << translated(advice);
    }
    return lines.join(u'\n');
}

}  // namespace rw::ui

#include "widgets/help/deploy_tables.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/deploy/portability.h"
#include "widgets/document/translated.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/markdown.h"

namespace rw::ui {

namespace {

/// “**refused**: There is no such source. Record its rows once.”, as Markdown.
QString told(const Portability& there) {
    const Text verdict = verdictText(there.verdict);
    QString head = escapedMarkdown(translated(
        there.condition.empty() ? verdict : RW_TEXT("help", "%1 while %2").with(verdict, there.condition)));
    if (there.verdict != Verdict::Exact) head = QStringLiteral("**%1**").arg(head);
    if (there.what.empty()) return head;
    const Text why = there.fix.empty() ? there.what : RW_TEXT("help", "%1 %2").with(there.what, there.fix);
    return translated(
        RW_TEXT("help", "%1: %2").with(head.toStdString(), escapedMarkdown(translated(why)).toStdString()));
}

/// A line of a table: the engines' verdicts on the thing named in `first`.
QString lineOf(const QString& first, const PortabilityRow& row) {
    QStringList cells{first};
    for (const Portability& there : row.there) cells << told(there);
    return markdownRow(cells);
}

QString headOf(const Text& first) {
    QStringList cells{translated(first)};
    QString rule = QStringLiteral("|---|");
    for (const Engine engine : kEngines) {
        cells << fromView(engineName(engine));
        rule += QLatin1String("---|");
    }
    return markdownRow(cells) + rule + u'\n';
}

QString verdictTable() {
    const std::pair<Verdict, Text> meanings[] = {
        {Verdict::Exact, RW_TEXT("help", "the same rows with the same values")},
        {Verdict::Equivalent,
         RW_TEXT("help",
                 "the same rows in another order, at other times, or in another container: a folder of "
                 "parts instead of a file")},
        {Verdict::Approximated, RW_TEXT("help", "some rows or values may differ; it is said which")},
        {Verdict::Refused,
         RW_TEXT("help",
                 "it can't be there, or would differ in silence: nothing is exported until it is fixed")}};
    QString table =
        markdownRow({translated(RW_TEXT("help", "Verdict")), translated(RW_TEXT("help", "Meaning"))}) +
        QStringLiteral("|---|---|\n");
    for (const auto& [verdict, meaning] : meanings) {
        table += markdownRow({QStringLiteral("**%1**").arg(escapedMarkdown(translated(verdictText(verdict)))),
                              escapedMarkdown(translated(meaning))});
    }
    return table;
}

QString nodeTable(const Catalogue& catalogue) {
    QString table = headOf(RW_TEXT("help", "Node"));
    for (const PortabilityRow& row : nodePortability(catalogue)) {
        const QString page = helpPageOf(fromView(row.name));
        table += lineOf(QStringLiteral("[%1](%2.md)").arg(escapedMarkdown(helpTitle(page)), page), row);
    }
    return table;
}

/// Most are exact on both: they are named together, and the remarks on the others stand out.
QString nameTable(const Text& first, const std::vector<PortabilityRow>& rows) {
    QStringList alike;
    QString table;
    for (const PortabilityRow& row : rows) {
        const QString name = markdownCode(fromView(row.name));
        if (row.unreserved()) {
            alike << name;
        } else {
            table += lineOf(name, row);
        }
    }
    QString out;
    if (!alike.isEmpty())
        out = translated(RW_TEXT("help", "Exact on both engines:")) + QLatin1Char(' ') +
              alike.join(QLatin1String(", ")) + QLatin1String("\n\n");
    return table.isEmpty() ? out : out + headOf(first) + table;
}

}  // namespace

QString withDeployTables(QString text, const Catalogue& catalogue) {
    const auto put = [&text](const char* mark, const auto& make) {
        const QString line = QStringLiteral("[//]: # (%1)\n").arg(QLatin1String(mark));
        if (text.contains(line)) text.replace(line, make());
    };
    put("verdicts", verdictTable);
    put("portable nodes", [&catalogue] { return nodeTable(catalogue); });
    put("portable functions", [] { return nameTable(RW_TEXT("help", "Function"), functionPortability()); });
    put("portable aggregates",
        [] { return nameTable(RW_TEXT("help", "Aggregate"), aggregatePortability()); });
    return text;
}

QString deployNote(const QString& page, const Catalogue& catalogue) {
    const std::vector<PortabilityRow> rows = nodePortability(catalogue);
    const auto found = std::find_if(rows.begin(), rows.end(), [&page](const PortabilityRow& row) {
        return helpPageOf(fromView(row.name)) == page;
    });
    if (found == rows.end()) return {};
    QString lines;
    for (const Engine engine : kEngines)
        lines += QStringLiteral("- %1\n").arg(translated(
            RW_TEXT("help", "%1: %2").with(engineName(engine), told(found->on(engine)).toStdString())));
    const QString all = QStringLiteral("deploy_tables");
    return QStringLiteral("\n## %1\n\n%2\n[%3](../%4.md)\n")
        .arg(translated(RW_TEXT("help", "On Flink and Spark")), lines, helpTitle(all), all);
}

}  // namespace rw::ui

#include "widgets/help/help_pages.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/help/connection_tables.h"
#include "widgets/help/deploy_tables.h"
#include "widgets/help/parameter_table.h"

namespace rw::ui {

namespace {

constexpr char kNodes[] = "nodes/";

/// The pages for newcomers stand first; pages not named here follow by title.
constexpr const char* kOrder[] = {"first_steps",   "kafka_tour",         "event_time", "sql",
                                  "editing",       "python_editor",      "formats",    "variables",
                                  "sample",        "dashboard",          "results",    "sql_tab",
                                  "timeline",      "stepping",           "why_row",    "alerts",
                                  "pipeline_file", "pipeline_tests",     "versions",   "compare_versions",
                                  "command_line",  "connections",        "superset",   "live_edits",
                                  "durability",    "state_and_memory",   "guarantees", "tape",
                                  "what_if",       "deploy_ten_steps",   "deploy",     "targets",
                                  "deploy_tables", "deploy_differences", "install"};

std::ptrdiff_t place(const QString& page) {
    return std::find(std::begin(kOrder), std::end(kOrder), page) - std::begin(kOrder);
}

QString read(const QString& language, const QString& page) {
    QFile file(QStringLiteral(":/help/%1/%2.md").arg(language, page));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// As its file has it.
QString written(const QString& page) {
    const QString own = read(languageName(), page);
    return own.isEmpty() ? read(QStringLiteral("en"), page) : own;
}

/// In place of “[//]: # (file NAME)” the file of that name beside the languages, as code.
QString withFile(const QString& page) {
    static const QRegularExpression kMark(QStringLiteral("^\\[//\\]: # \\(file ([a-z_.]+)\\)$"),
                                          QRegularExpression::MultilineOption);
    const QRegularExpressionMatch mark = kMark.match(page);
    QFile file(QStringLiteral(":/help/") + mark.captured(1));
    if (!mark.hasMatch() || !file.open(QIODevice::ReadOnly)) return page;
    QString code;
    for (const QString& line : QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n')))
        code += line.isEmpty() ? QStringLiteral("\n") : QStringLiteral("    %1\n").arg(line);
    return page.left(mark.capturedStart()) + code + page.mid(mark.capturedEnd());
}

}  // namespace

std::vector<HelpPage> helpPages(const Catalogue& catalogue) {
    std::vector<HelpPage> pages;
    for (const QString& file :
         QDir(QStringLiteral(":/help/en")).entryList({QStringLiteral("*.md")}, QDir::Files)) {
        const QString name = file.chopped(3);
        pages.push_back({name, helpTitle(name)});
    }
    std::stable_sort(pages.begin(), pages.end(), [](const HelpPage& a, const HelpPage& b) {
        return std::pair(place(a.name), a.title) < std::pair(place(b.name), b.title);
    });
    for (const NodeKind& kind : catalogue.kinds()) {
        const QString name = helpPageOf(QString::fromStdString(kind.type));
        if (!written(name).isEmpty()) pages.push_back({name, helpTitle(name)});
    }
    return pages;
}

QString helpPageOf(const QString& nodeType) {
    return QLatin1String(kNodes) + nodeType;
}

QString helpTitle(const QString& page) {
    const QString first = written(page).section(QLatin1Char('\n'), 0, 0);
    return first.startsWith(QLatin1String("# ")) ? first.mid(2).trimmed() : page;
}

QString helpText(const QString& page, const Catalogue& catalogue) {
    return withParameterTable(withDeployTables(withConnectionTables(withFile(written(page))), catalogue),
                              page, catalogue);
}

}  // namespace rw::ui

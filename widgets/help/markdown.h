// Words and tables as Markdown, for the parts of pages that are made when they are shown.
#pragma once
#include <QString>
#include <QStringList>
#include <string_view>

namespace rw::ui {

QString fromView(std::string_view text);

/// Words that Markdown takes for nothing else: a backslash before all that may mean something to it.
QString escapedMarkdown(const QString& words);

/// A name as code. A bar in it would end the cell of a table, also between back quotes.
QString markdownCode(const QString& name);

/// A line of a table. The cells are Markdown.
QString markdownRow(const QStringList& cells);

}  // namespace rw::ui

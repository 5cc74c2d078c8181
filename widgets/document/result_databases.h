// Which databases the sinks of a pipeline write, and which tables in them.
#pragma once
#include <QMap>
#include <QString>
#include <optional>
#include <vector>

#include "core/connect/sqlite/browser.h"
#include "core/data/batch.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

struct ResultTable {
    QString writer;  ///< title of the sink
    Schema rows{};   ///< of its input; empty: not known yet
    PortRef from{};  ///< whose rows it takes; of no node: there is none, or there are several
    std::vector<std::string> key{};  ///< the columns that name a row, as far as the pipeline knows

    bool operator==(const ResultTable&) const = default;
};

struct ResultDatabase {
    QString path;                       ///< absolute
    QMap<QString, ResultTable> tables;  ///< the tables that sinks write

    bool operator==(const ResultDatabase&) const = default;
};

/// In the order of the sinks, those in subflows behind the others: every node that writes a part of a file,
/// as its declaration has it. Variables are put in, paths start at the document's folder. Looks at no file.
std::vector<ResultDatabase> databasesOf(const PipelineDocument& document);

/// Gives columns that were declared without a type of ours the types that the sink writes there.
void refineTypes(SqliteEntry& entry, const ResultTable& written);

/// The row that a sink took, by the cells that it wrote: a column that they do not tell is null. Nothing: it
/// is not known what the sink takes.
std::optional<Batch> rowTaken(const ResultTable& written, const SqliteEntry& table, const SqliteRow& cells);

}  // namespace rw::ui

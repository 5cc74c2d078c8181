// Rows of a panel as a CSV file or on the clipboard.
#pragma once
#include <QString>
#include <functional>

#include "core/data/batch.h"
#include "widgets/document/unread_rows.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;

/// Asks for a name and writes the rows there as CSV, on a thread of its own, which also makes them: `rows` is
/// called there. Shows a box after an error, and where a CSV source can't read rows back, unless the parent
/// is gone by then. `name`, without an ending, is what the dialog suggests, in the folder used last; never a
/// file that the pipeline needs.
void saveRows(QWidget* parent, const PipelineDocument& document, const QString& title, const QString& name,
              std::function<std::vector<Batch>()> rows);

/// The batches as CSV with a header; NULL is an empty field. They have the same schema. `unread` gets what no
/// CSV source reads back.
std::string csvOf(const std::vector<Batch>& batches, UnreadRows* unread = nullptr);
/// The rows with tabs between, as spreadsheets take them from the clipboard, with a header.
QString tabbedOf(const std::vector<Batch>& batches);

}  // namespace rw::ui

// Rows of a panel as a CSV file or on the clipboard.
#pragma once
#include <QString>

#include "core/data/batch.h"
#include "widgets/document/unread_rows.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;

/// Asks for a name and writes the rows there as CSV. Shows a box after an error, and where a CSV source can't
/// read rows back. False: not written. `name`, without an ending, is what the dialog suggests, in the folder
/// used last; never a file that the pipeline needs.
bool saveRows(QWidget* parent, const PipelineDocument& document, const QString& title, const QString& name,
              const std::vector<Batch>& batches);

/// The batches as CSV with a header; NULL is an empty field. They have the same schema. `unread` gets what no
/// CSV source reads back.
std::string csvOf(const std::vector<Batch>& batches, UnreadRows* unread = nullptr);
/// The rows with tabs between, as spreadsheets take them from the clipboard, with a header.
QString tabbedOf(const std::vector<Batch>& batches);

}  // namespace rw::ui

// Examples dragged onto a pipeline that is open: their nodes come into it, as pasted ones do.
#pragma once
#include <QMimeData>
#include <memory>
#include <optional>

#include "widgets/document/examples.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

std::unique_ptr<QMimeData> exampleMimeData(const Example& example);
/// Nothing where the data name none of this program's examples.
std::optional<Example> exampleFrom(const QMimeData& data);

/// Adds the nodes, wires, comments and variables of an example, with its top left corner at `at`, as one
/// step, and selects them. Its settings, name and dashboard stay behind; a variable whose name has another
/// value in the document gets another name. The files that it reads are put where relative paths of the
/// document start. An error where they can't be: the nodes are there all the same. Nothing where the person
/// gives up waiting.
Status insertExample(PipelineDocument& document, const Example& example, Point at);

}  // namespace rw::ui

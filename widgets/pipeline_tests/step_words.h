// What a step of a test does, in words.
#pragma once
#include <QString>

#include "core/pipeline_tests/test_file.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// One line: “3 rows into “Orders””.
QString stepWords(const PipelineDocument& document, const PipelineTestStep& step);
/// The same for a kind of step, as a list offers it: “Rows come in”.
QString verbWords(PipelineTestStep::Verb verb);
/// The name of an icon.
QString verbIcon(PipelineTestStep::Verb verb);
/// “1 row”, “%1 rows”.
QString testRowsText(std::size_t rows);
/// A node or port of a test: the title of the node, and the port where one is named.
QString placeWords(const PipelineDocument& document, const std::string& at);
/// A watermark as the file has it: a time, “end”, or nothing.
QString watermarkWords(const std::optional<Instant>& watermark);

}  // namespace rw::ui

// Flink as an engine that a pipeline is written for.
#include <algorithm>

#include "core/deploy/engine_writer.h"
#include "core/deploy/flink/dialect.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/script.h"

namespace rw {

namespace {

std::vector<std::string> flinkNotes(const Translation& translation) {
    const bool readsCsv = std::any_of(translation.statements.begin(), translation.statements.end(),
                                      [](const Statement& each) { return each.type == "csv_source"; });
    if (!readsCsv) return {};
    if (translation.readFiles)
        return {"The CSV files were read when this was written. A source that casts no cell with care holds",
                "while they stay as they were: write this anew when they change. What “rillwright export",
                "--any-files” writes holds for others, too."};
    return {"What lies in the CSV files was not looked at: Flink finds columns by their place, takes",
            "an empty text in quotes for NULL, and does not get past a row with another number of",
            "cells. “rillwright deploy” refuses such files, and “rillwright export” tells of those that it",
            "may read: all of them with “--trusted”."};
}

}  // namespace

const EngineWriter& flinkWriter() {
    static const EngineWriter writer{
        .engine = Engine::Flink,
        .title = "Apache Flink",
        .dialect = flinkDialect(),
        .forms = flinkForms(),
        .charts = flinkChartForm(),
        .artefacts = {{Engine::Flink, "flink-sql", ".flink.sql", RW_TEXT("deploy", "Flink &SQL…"),
                       RW_TEXT("deploy", "SQL files (*.sql)"), flinkScript},
                      {Engine::Flink, "pyflink", ".flink.py", RW_TEXT("deploy", "Py&Flink program…"),
                       RW_TEXT("deploy", "Python files (*.py)"), pyflinkProgram, true}},
        .settings = flinkSettingStatements,
        .notes = flinkNotes};
    return writer;
}

}  // namespace rw

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/run_tape.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/data/text.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

std::string beganText(Instant moment) {
    std::string text;
    appendTimestamp(text, moment);
    return text;
}

/// Of all tables that were read.
std::uint64_t rowsOf(const TapeFile::Lookup& lookup) {
    std::uint64_t rows = 0;
    for (const TapeFile::Table& table : lookup.tables) rows += table.rows;
    return rows;
}

Json tapeJson(const TapeFile& tape) {
    const TapeHead& head = tape.head();
    Json sources = Json::array();
    for (std::size_t i = 0; i < tape.tracks().size(); ++i) {
        const TapeSource& source = head.start.sources[i];
        const TapeFile::Track& track = tape.tracks()[i];
        sources.push_back({{"node", source.node},
                           {"type", source.type},
                           {"rows", track.rows},
                           {"pieces", track.pieces},
                           {"until_ms", track.blocks.empty() ? 0 : track.blocks.back().header.lastAt}});
    }
    Json lookups = Json::array();
    for (std::size_t i = 0; i < tape.lookups().size(); ++i) {
        lookups.push_back({{"node", head.start.lookups[i].node},
                           {"tables", tape.lookups()[i].tables.size()},
                           {"rows", rowsOf(tape.lookups()[i])}});
    }
    const Status& failed = tape.end().failed;
    return {{"pipeline", head.start.pipeline.name},
            {"file", head.document.file},
            {"run", head.document.run.empty() ? Json() : Json(head.document.run)},
            {"program", head.program},
            {"began", beganText(head.start.began)},
            {"span_ms", tape.span()},
            {"parallelism", head.start.parallelism},
            {"batch_rows", head.start.batchRows},
            {"whole", tape.whole()},
            {"damaged", tape.damaged()},
            {"stopped", tape.end().stopped},
            {"failed", failed.ok() ? Json() : Json(english(failed.error()))},
            {"bytes", tape.bytes()},
            {"good_bytes", tape.goodBytes()},
            {"sources", sources},
            {"lookups", lookups}};
}

std::string tapeLines(const TapeFile& tape) {
    const TapeHead& head = tape.head();
    const std::string& name = head.start.pipeline.name;
    std::string out = name.empty() ? std::string() : fmt::format("“{}”, ", printableLine(name));
    out += printableLine(tapeLine(tape)) + "\n";
    const std::string& run = head.document.run;
    out += "run " + (run.empty() ? "unknown" : printableLine(run)) + "\n";
    for (std::size_t i = 0; i < tape.tracks().size(); ++i) {
        const TapeSource& source = head.start.sources[i];
        const TapeFile::Track& track = tape.tracks()[i];
        out += fmt::format("{:>17}  {:<20} {}\n", figures::counted(track.rows, "row", "rows"),
                           printableLine(source.node), printableLine(source.type));
    }
    for (std::size_t i = 0; i < tape.lookups().size(); ++i) {
        const std::size_t tables = tape.lookups()[i].tables.size();
        out += fmt::format(
            "{:>17}  {:<20} {} looked up in\n", figures::counted(rowsOf(tape.lookups()[i]), "row", "rows"),
            printableLine(head.start.lookups[i].node), figures::counted(tables, "table", "tables"));
    }
    return out;
}

}  // namespace

int tape(const TapeCommand& command) {
    const Result<TapeFileRef> opened = TapeFile::open(command.file);
    if (!opened.ok()) {
        printMessage("error", english(opened.error()));
        return 2;
    }
    const TapeFile& file = **opened;
    const Status written = writeOut(command.json ? indented(tapeJson(file)) + "\n" : tapeLines(file));
    if (!written.ok()) printMessage("error", english(written.error()));
    return written.ok() ? 0 : 1;
}

}  // namespace rw::cli
